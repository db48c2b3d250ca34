package dev.pushpull.delivery.stream;

import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.Optional;

/**
 * The heartbeat that is due at the very end of a lifetime of which nobody is told. A consumer that still gets it gives its
 * connection up one heartbeat later than one that does not, and which it is, is a race between two timers.
 */
final class LastHeartbeat {
    /** Timers ring so much too early or too late. */
    private static final long RACE_NANOS = 2_000_000;

    private LastHeartbeat() {}

    /** Why virtual time and closed forms cannot follow it; empty where it comes clearly before the end, or after it. */
    static Optional<String> race(Scenario scenario) {
        Middlebox box = scenario.wire().behind();
        boolean inSilence = box.silent()
                && box.lifetimeNanos() > 0
                && box.jitterNanos() == 0
                && StreamOptions.READ_TIMEOUT.in(scenario) > 0;
        long heartbeatNanos = StreamOptions.HEARTBEAT.in(scenario);
        long lifeNanos = box.lifetimeNanos() - StreamOptions.returnsWithinNanos(scenario);
        long ownNanos = StreamOptions.LIFETIME.in(scenario);
        boolean endsBefore = ownNanos > 0 && ownNanos <= lifeNanos;
        if (!inSilence || endsBefore || heartbeatNanos == 0 || lifeNanos < heartbeatNanos - RACE_NANOS) {
            return Optional.empty();
        }
        return Math.floorMod(lifeNanos + RACE_NANOS, heartbeatNanos) <= 2 * RACE_NANOS
                ? Optional.of(
                        ("a heartbeat every %s is due when its lifetime of %s ends in silence, and which of the two "
                                        + "comes first is a race")
                                .formatted(Quantity.readable(heartbeatNanos), Quantity.readable(box.lifetimeNanos())))
                : Optional.empty();
    }
}
