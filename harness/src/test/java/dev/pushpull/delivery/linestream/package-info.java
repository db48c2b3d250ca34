/**
 * A complete mode with a wire of its own: each consumer holds one request open, and the provider writes each event to
 * it as a line of JSON. It belongs to the tests, not to the program. It shows that a new mode takes only its own
 * package and a line in the services file.
 */
package dev.pushpull.delivery.linestream;
