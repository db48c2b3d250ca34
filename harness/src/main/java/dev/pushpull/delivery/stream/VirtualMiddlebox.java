package dev.pushpull.delivery.stream;

import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Middlebox.Limits;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.Seeds;
import java.util.random.RandomGenerator;

/**
 * What a middlebox does to one consumer's connections in virtual time: when it ends one, found by a jump from the newest
 * event, and when the consumer notices. Heartbeats come at fixed times after the newest event or the beginning, so none
 * has to be visited.
 */
final class VirtualMiddlebox {
    private final Middlebox box;
    private final boolean early;
    private final RandomGenerator chance;
    private final long heartbeatNanos;
    private final boolean onlyWhenIdle;
    private final long readTimeoutNanos;
    private Limits limits;
    private long requestNanos;

    VirtualMiddlebox(Scenario scenario, Seeds seeds, int consumer) {
        this.box = scenario.wire().behind();
        this.early = scenario.polling().phase() == Phase.RANDOM;
        this.chance = seeds.generator(Seeds.Purpose.MIDDLEBOX, consumer);
        this.heartbeatNanos = StreamOptions.HEARTBEAT.in(scenario);
        this.onlyWhenIdle = StreamOptions.HEARTBEAT_WHEN.in(scenario) == StreamOptions.HeartbeatWhen.IDLE;
        this.readTimeoutNanos = StreamOptions.READ_TIMEOUT.in(scenario);
    }

    /** The next connection is requested; before the run, it lives for a random part of its time. */
    void next(long nanos, boolean beforeTheRun) {
        limits = box.limits(chance);
        limits = beforeTheRun && early ? limits.inPart(chance) : limits;
        requestNanos = Math.max(0, nanos);
    }

    /** As many connections as fit into this time are passed over. */
    void pass(long nanos) {
        requestNanos += nanos;
    }

    /** Whether all connections without an event are alike. */
    boolean alike() {
        return box.jitterNanos() == 0;
    }

    /**
     * When it ends a connection.
     *
     * @param readyNanos when the connection began
     * @param eventNanos its newest event, or its beginning
     */
    long endNanos(long readyNanos, long eventNanos) {
        return Math.min(limits.lifeEndNanos(requestNanos), idleEndNanos(readyNanos, eventNanos));
    }

    private long idleEndNanos(long readyNanos, long eventNanos) {
        boolean keptAlive = heartbeatNanos > 0 && heartbeatNanos < limits.idleNanos();
        if (keptAlive) {
            return Middlebox.NEVER;
        }
        long lastNanos = eventNanos;
        if (heartbeatNanos > 0 && !onlyWhenIdle) { // one may come in time, but never two in a row
            long next = readyNanos + ((eventNanos - readyNanos) / heartbeatNanos + 1) * heartbeatNanos;
            lastNanos = next < limits.idleEndNanos(eventNanos) ? next : eventNanos;
        }
        return limits.idleEndNanos(lastNanos);
    }

    /** Whether the consumer is told nothing. */
    boolean isSilent() {
        return box.silent();
    }

    /** When the consumer gives up a connection whose end it was not told, seen from the provider. */
    long noticedNanos(long endNanos, long readyNanos, long eventNanos) {
        return readTimeoutNanos == 0
                ? Middlebox.NEVER
                : Math.max(endNanos, lastByteNanos(endNanos, readyNanos, eventNanos) + readTimeoutNanos);
    }

    private long lastByteNanos(long endNanos, long readyNanos, long eventNanos) {
        if (heartbeatNanos == 0) {
            return eventNanos;
        }
        long since = onlyWhenIdle ? eventNanos : readyNanos;
        long heartbeat = since + Math.max(0, endNanos - 1 - since) / heartbeatNanos * heartbeatNanos;
        return Math.max(eventNanos, heartbeat);
    }
}
