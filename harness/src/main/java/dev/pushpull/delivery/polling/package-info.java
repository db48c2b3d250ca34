/** Polling at a fixed interval: the poller, and what theory says of it. */
package dev.pushpull.delivery.polling;
