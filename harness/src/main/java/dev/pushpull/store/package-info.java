/**
 * What survives the end of a process: the receiver's inbox and the sender's outbox, in memory, in an embedded database
 * or in PostgreSQL. Only this package uses {@code java.sql}. May use {@code host} and the values of {@code scenario}.
 * Never interprets a message: it knows numbers, names and bytes.
 */
package dev.pushpull.store;
