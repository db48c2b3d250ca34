/** Webhooks: the receiver, and what theory says of them. */
package dev.pushpull.delivery.webhook;
