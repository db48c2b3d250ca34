/**
 * Server-Sent Events: each consumer holds one request open, and the provider writes each event to it as a block of lines.
 * A consumer that returns says which event it saw last.
 */
package dev.pushpull.delivery.sse;
