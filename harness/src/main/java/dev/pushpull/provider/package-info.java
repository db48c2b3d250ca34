/**
 * The event source: an HTTP server that keeps the log, tells its surfaces of each event, and hands each request to the
 * surface that takes it. It uses the log, the outbox and the surfaces; it knows its consumers by their requests alone, and
 * no mode.
 */
package dev.pushpull.provider;
