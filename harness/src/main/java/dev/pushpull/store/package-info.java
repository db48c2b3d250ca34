/**
 * What survives the end of a process: the receiver's inbox and the emitter's outbox, in memory, in an embedded
 * database or in PostgreSQL. Knows numbers, names and bytes only: what a message means is its user's business. Uses
 * the clocks of {@code host}; {@code java.sql} is used here alone.
 */
package dev.pushpull.store;
