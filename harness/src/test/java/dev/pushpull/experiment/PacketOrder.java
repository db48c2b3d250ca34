package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.MILLISECOND;

import dev.pushpull.event.Event;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import org.assertj.core.api.SoftAssertions;

/**
 * Places each of our deliveries between two packets: the one that completed it, and the one that answered it. Only the
 * order of moments is checked, not absolute time, so a busy machine changes nothing.
 */
final class PacketOrder {
    private final ClockRange clock;
    private final SoftAssertions assertions = new SoftAssertions();
    private long events;
    private double leastNanos;
    private double mostNanos;

    PacketOrder(ClockRange clock) {
        this.clock = clock;
    }

    void inOrder(String what, long soonerNanos, long laterNanos) {
        assertions.assertThat(soonerNanos).as(what).isLessThanOrEqualTo(laterNanos);
    }

    /** @param answeredEpochNanos Long.MAX_VALUE where nothing followed */
    void event(Event event, long completeEpochNanos, long heldNanos, long answeredEpochNanos) {
        long intendedNanos =
                event.occurredAtEpochNanos() - HostClocks.now(NanoClock.SYSTEM).offsetNanos();
        inOrder("its last packet, received", clock.earliest(completeEpochNanos), heldNanos);
        inOrder("received, the first packet that followed", heldNanos, clock.latest(answeredEpochNanos));
        events++;
        leastNanos += clock.earliest(completeEpochNanos) - intendedNanos;
        mostNanos += clock.latest(answeredEpochNanos) - (double) intendedNanos;
    }

    void assertHolds(long delivered) {
        assertions.assertThat(events).as("deliveries on the wire").isEqualTo(delivered);
        assertions.assertThat(delivered).isPositive();
        assertions.assertAll();
    }

    double leastMeanMillis() {
        return leastNanos / events / MILLISECOND;
    }

    double mostMeanMillis() {
        return mostNanos / events / MILLISECOND;
    }
}
