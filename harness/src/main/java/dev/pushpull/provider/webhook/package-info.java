/**
 * The provider's half of every mode that sends webhooks: {@code /subscriptions}, and the emitter that signs, sends, tries
 * again and gives up. It uses the outbox and a client of its own; it never answers a poll and knows no mode.
 */
package dev.pushpull.provider.webhook;
