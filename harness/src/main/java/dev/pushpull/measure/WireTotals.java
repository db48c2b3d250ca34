package dev.pushpull.measure;

/**
 * What one side saw at its sockets over the whole life of a trial.
 *
 * @param requests sent or received
 * @param bytesSent headers included, and what TLS adds
 * @param bytesReceived likewise
 * @param connections opened or accepted
 * @param outside of these bytes, those of no request
 */
public record WireTotals(long requests, long bytesSent, long bytesReceived, long connections, Outside outside) {
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
        this(requests, bytesSent, bytesReceived, connections, Outside.NONE);
    }

    /** Both together. */
    public WireTotals plus(WireTotals other) {
        return new WireTotals(
                requests + other.requests,
                bytesSent + other.bytesSent,
                bytesReceived + other.bytesReceived,
                connections + other.connections,
                new Outside(
                        outside.bytesSent + other.outside.bytesSent,
                        outside.bytesReceived + other.outside.bytesReceived));
    }
}
