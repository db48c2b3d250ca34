/**
 * What survives the end of a process: the receiver's inbox and the sender's outbox, in memory, in an embedded database
 * or in PostgreSQL; {@code java.sql} is used here alone. May use {@code host} and the values of {@code scenario}.
 * Never asks what a message means: it knows numbers, names and bytes.
 */
package dev.pushpull.store;
