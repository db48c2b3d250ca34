/** Webhooks, and a slow poll that finds those that were lost. */
package dev.pushpull.delivery.hybrid;
