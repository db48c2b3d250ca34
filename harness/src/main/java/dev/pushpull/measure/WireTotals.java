package dev.pushpull.measure;

/**
 * What one side saw at its sockets over the whole life of a trial.
 *
 * @param requests sent or received
 * @param bytesSent headers included
 * @param bytesReceived headers included
 * @param connections opened or accepted
 */
public record WireTotals(long requests, long bytesSent, long bytesReceived, long connections) {
    /** Nothing sent, nothing received. */
    public static final WireTotals NONE = new WireTotals(0, 0, 0, 0);

    /** Both together. */
    public WireTotals plus(WireTotals other) {
        return new WireTotals(
                requests + other.requests,
                bytesSent + other.bytesSent,
                bytesReceived + other.bytesReceived,
                connections + other.connections);
    }
}
