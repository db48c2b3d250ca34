/** Webhooks, and a slow poll that finds what they lost. */
package dev.pushpull.delivery.hybrid;
