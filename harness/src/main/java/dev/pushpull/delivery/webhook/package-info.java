/** Webhooks: the receiver, its virtual form, and what theory says of them. */
package dev.pushpull.delivery.webhook;
