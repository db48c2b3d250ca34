package dev.pushpull.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one side saw at its sockets over the whole life of a trial.
 *
 * @param requests sent or received
 * @param bytesSent headers included, and what TLS adds
 * @param bytesReceived likewise
 * @param connections opened or accepted
 * @param outside of these bytes, those of no request
 * @param byClientPort connections one by one: of a client those on which an exchange broke, of a server all
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
     * Bytes of no request: TLS takes leave when a connection is closed.
     *
     * @param bytesSent by a client that closes, or by a server to one that has closed and may not read them any more
     */
    public record Outside(long bytesSent, long bytesReceived) {
        static final Outside NONE = new Outside(0, 0);
    }

    /** With every byte a request's. */
    public WireTotals(long requests, long bytesSent, long bytesReceived, long connections) {
        this(requests, bytesSent, bytesReceived, connections, Outside.NONE, Map.of());
    }

    /** Both together. */
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
