package dev.pushpull.experiment.claim;

import dev.pushpull.event.EventFactory;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.EventPump;
import dev.pushpull.experiment.run.EventSink;
import dev.pushpull.experiment.run.Pumping;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Events that occur for a time, and the wait for what becomes of them. Closed, none occurs any more. */
final class EventPeriod implements AutoCloseable {
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final NanoClock clock = NanoClock.SYSTEM;
    private final long startNanos = clock.nanoTime() + LEAD_NANOS;
    private final long durationNanos;
    private final DeliveryLedger ledger;
    private final Pumping pumping;

    /** Begins shortly after now. */
    EventPeriod(EventPlan plan, EventFactory factory, EventSink sink, long durationNanos, DeliveryLedger ledger) {
        this.durationNanos = durationNanos;
        this.ledger = ledger;
        this.pumping = new Pumping(
                new EventPump(plan, factory, List.of(sink), clock, startNanos),
                new RoleThreads("rig", RoleThreads.HARNESS));
    }

    /** Nanoseconds from the start until now. */
    long elapsedNanos() {
        return clock.nanoTime() - startNanos;
    }

    /** Returns so long after the start. */
    void waitUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - elapsedNanos());
    }

    /**
     * Waits for the end, and then for what has not come yet, at most so long.
     *
     * @throws IOException when the events could not be made to occur
     */
    void awaitEnd(long drainNanos) throws IOException, InterruptedException {
        waitUntil(durationNanos);
        while (!pumping.over()) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY_NANOS);
        }
        pumping.stop();
        awaitAll(drainNanos);
    }

    /** Waits until all events that have occurred have come, at most so long. */
    void awaitAll(long mostNanos) throws InterruptedException {
        long untilNanos = clock.nanoTime() + mostNanos;
        while (ledger.received() < ledger.events() && clock.nanoTime() < untilNanos) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY_NANOS);
        }
    }

    /** Events that were due between two times after the start. */
    long dueBetween(long fromNanos, long toNanos) {
        return ledger.dueBetween(startNanos + fromNanos, startNanos + toNanos);
    }

    /** How long after the later time the last event that was due between the two came, in seconds; NaN when none did. */
    double lastOneAfter(long fromNanos, long toNanos) {
        long endNanos = startNanos + toNanos;
        return ledger.lastReceived(startNanos + fromNanos, endNanos).stream()
                .mapToDouble(nanos -> (nanos - endNanos) / 1e9)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        pumping.close();
    }
}
