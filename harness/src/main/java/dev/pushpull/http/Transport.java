package dev.pushpull.http;

import dev.pushpull.scenario.Scenario;
import java.util.Optional;

/**
 * How clients and servers of one trial connect.
 *
 * @param tls used by both sides when connections are encrypted
 * @param keptNanos how long a client keeps an idle connection, 0 for not at all; servers keep it longer
 * @param ownConnections whether each consumer has connections of its own
 */
public record Transport(Optional<RunCertificate> tls, long keptNanos, boolean ownConnections) {
    /** Without encryption, over connections that all consumers share. */
    public static final Transport PLAIN = over(Scenario.Wire.LOOPBACK);

    /** The transport for a wire; the {@link DelayRelay} adds the delay. */
    public static Transport over(Scenario.Wire wire) {
        return new Transport(
                wire.tls() ? Optional.of(RunCertificate.ofThisRun()) : Optional.empty(),
                wire.keptNanos(),
                wire.modelled());
    }

    /** The scheme of addresses. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }
}
