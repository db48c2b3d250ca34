package dev.pushpull.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one side counted at its sockets over the whole life of a trial.
 *
 * @param requests sent or received
 * @param bytesSent including headers and what TLS adds
 * @param bytesReceived including headers and what TLS adds
 * @param connections opened or accepted
 * @param outside those bytes that belong to no request
 * @param byClientPort single connections: a client lists those on which an exchange broke, a server all
 */
public record WireTotals(
        long requests,
        long bytesSent,
        long bytesReceived,
        long connections,
        Outside outside,
        Map<Integer, List<Carried>> byClientPort) {
    /** Nothing sent, nothing received. */
    public static final WireTotals NONE = new WireTotals(0, 0, 0, 0);

    /**
     * Bytes that belong to no request: TLS sends closing messages.
     *
     * @param bytesSent by a closing client, or by a server to a client that has closed and may not read them
     */
    public record Outside(long bytesSent, long bytesReceived) {
        static final Outside NONE = new Outside(0, 0);
    }

    /** With all bytes belonging to requests. */
    public WireTotals(long requests, long bytesSent, long bytesReceived, long connections) {
        this(requests, bytesSent, bytesReceived, connections, Outside.NONE, Map.of());
    }

    /** The sum of both. */
    public WireTotals plus(WireTotals other) {
        Map<Integer, List<Carried>> both = new HashMap<>(byClientPort);
        other.byClientPort.forEach((port, more) -> both.merge(
                port,
                more,
                (one, two) -> Stream.concat(one.stream(), two.stream()).toList()));
        return new WireTotals(
                requests + other.requests,
                bytesSent + other.bytesSent,
                bytesReceived + other.bytesReceived,
                connections + other.connections,
                new Outside(
                        outside.bytesSent + other.outside.bytesSent,
                        outside.bytesReceived + other.outside.bytesReceived),
                both);
    }
}
