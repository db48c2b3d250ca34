/**
 * HTTP on real sockets, counted to the byte: clients and servers with timeouts and limits against bad peers, TLS,
 * distance, and the parts of messages. May use {@code host} and the values of {@code scenario}. Never knows an event, a
 * delivery mode or a recorder.
 */
package dev.pushpull.http;
