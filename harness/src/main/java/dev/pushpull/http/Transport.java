package dev.pushpull.http;

import dev.pushpull.scenario.Scenario;
import java.util.Optional;

/**
 * How clients and servers of one trial connect.
 *
 * @param tls what both use where connections are encrypted
 * @param keptNanos how long a client keeps an idle connection, 0 for not at all; servers keep it longer
 * @param ownConnections whether each consumer has connections of its own
 */
public record Transport(Optional<RunCertificate> tls, long keptNanos, boolean ownConnections) {
    /** Unencrypted, over connections that all consumers share. */
    public static final Transport PLAIN = over(Scenario.Wire.LOOPBACK);

    /** What a wire asks for; its delay is the {@link DelayRelay}'s. */
    public static Transport over(Scenario.Wire wire) {
        return new Transport(
                wire.tls() ? Optional.of(RunCertificate.ofThisRun()) : Optional.empty(),
                wire.keptNanos(),
                wire.modelled());
    }

    /** Of addresses. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }
}
