/** What tests on real sockets share: a bare client, a receiver that answers as told, and waiting for a condition. */
package dev.pushpull.testing;
