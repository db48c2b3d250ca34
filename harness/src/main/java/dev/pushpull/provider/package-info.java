/**
 * The event source: an HTTP server that keeps the log, tells its surfaces about each event, and passes each request to
 * the surface that handles it. It uses the log, the outbox and the surfaces. It knows its consumers only by their
 * requests, and it knows no mode.
 */
package dev.pushpull.provider;
