/**
 * A complete mode with a wire of its own: each consumer holds one request open, and the provider writes each event to it
 * as a line of JSON. It is in the tests, not in the program; it shows what a new mode takes, and that it takes no more
 * than its own package and a line in the services file.
 */
package dev.pushpull.delivery.ndjson;
