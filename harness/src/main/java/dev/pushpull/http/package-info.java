/**
 * HTTP on real sockets, counted to the byte: clients and servers with timeouts and bounds against bad peers, TLS,
 * distance, the parts of messages. Uses {@code host}. Knows no event, no mode and no recorder.
 */
package dev.pushpull.http;
