package dev.pushpull.http;

import dev.pushpull.scenario.Scenario;
import java.util.Optional;

/**
 * How clients and servers of one trial connect.
 *
 * @param tls used by both sides when connections are encrypted
 * @param keptNanos how long a client keeps an idle connection, 0 for not at all; servers keep it longer
 * @param ownConnections whether each consumer has connections of its own
 * @param mayEnd whether something between them ends idle connections, so that a client must look before it uses one
 */
public record Transport(Optional<RunCertificate> tls, long keptNanos, boolean ownConnections, boolean mayEnd) {
    /** Without encryption, over connections that all consumers share. */
    public static final Transport PLAIN = over(Scenario.Wire.LOOPBACK);

    /** The transport for a wire; the {@link DelayRelay} adds the delay. */
    public static Transport over(Scenario.Wire wire) {
        return new Transport(
                wire.tls() ? Optional.of(RunCertificate.ofThisRun()) : Optional.empty(),
                wire.clientKeepsNanos(),
                wire.modelled(),
                wire.behind().idleNanos() > 0);
    }

    /** The scheme of addresses. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }
}
