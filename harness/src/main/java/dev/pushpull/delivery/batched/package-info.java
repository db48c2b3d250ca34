/** Batched webhooks: several events in one signed webhook, which the receiver takes or refuses as a whole. */
package dev.pushpull.delivery.batched;
