package dev.pushpull.http;

/**
 * What one end of a connection has counted from its beginning on.
 *
 * @param bytesSent by this end
 * @param bytesReceived by this end
 * @param requests begun by the client, or heard by the server
 * @param items events in the answer to the last of them; a client counts those that it read of an answer that goes on
 */
public record Carried(long bytesSent, long bytesReceived, long requests, long items) {}
