package dev.pushpull.experiment.run;

import dev.pushpull.http.Carried;
import dev.pushpull.http.WireTotals;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;

/**
 * What was lost on connections where an exchange broke, as counted at their two ends.
 *
 * @param connections how many there were
 * @param bytesToServer sent but not received
 * @param bytesToClient sent but not received
 * @param items in answers that were not read
 */
record BrokenConnections(long connections, long bytesToServer, long bytesToClient, long items) {
    private static final BrokenConnections NONE = new BrokenConnections(0, 0, 0, 0);

    /** A server that never saw a connection received nothing over it. */
    private static final List<Carried> NOTHING = List.of(new Carried(0, 0, 0, 0));

    static BrokenConnections of(WireTotals client, WireTotals server) {
        BrokenConnections all = NONE;
        for (Map.Entry<Integer, List<Carried>> port : client.byClientPort().entrySet()) {
            List<Carried> served = server.byClientPort().getOrDefault(port.getKey(), NOTHING);
            for (Carried sent : port.getValue()) {
                all = new BrokenConnections(
                        all.connections + 1,
                        all.bytesToServer
                                + most(sent, served, (asked, answered) -> asked.bytesSent() - answered.bytesReceived()),
                        all.bytesToClient
                                + most(sent, served, (asked, answered) -> answered.bytesSent() - asked.bytesReceived()),
                        all.items
                                + most(
                                        sent,
                                        served,
                                        (asked, answered) -> answered.requests() >= asked.requests()
                                                ? answered.items() - asked.items()
                                                : 0));
            }
        }
        return all;
    }

    /** The system may have assigned the port twice; then it is unknown which connection it was. */
    private static long most(Carried sent, List<Carried> served, ToLongBiFunction<Carried, Carried> lost) {
        return served.stream()
                .mapToLong(answered -> Math.max(0, lost.applyAsLong(sent, answered)))
                .max()
                .orElse(0);
    }
}
