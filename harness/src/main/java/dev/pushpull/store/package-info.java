/**
 * What survives the end of a process: the receiver's inbox and the emitter's outbox, in memory, in an embedded database
 * or in PostgreSQL. Knows numbers, names and bytes only: what a message means is its user's business. Uses clocks of
 * {@code measure} and nothing else of ours; {@code java.sql} is used here alone.
 */
package dev.pushpull.store;
