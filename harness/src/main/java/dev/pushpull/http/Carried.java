package dev.pushpull.http;

/**
 * What one end of a connection has counted since it was opened.
 *
 * @param bytesSent by this end
 * @param bytesReceived by this end
 * @param requests begun by the client, or heard by the server
 * @param items events in the answer to the last request; a client counts those it has read of an unfinished answer
 */
public record Carried(long bytesSent, long bytesReceived, long requests, long items) {}
