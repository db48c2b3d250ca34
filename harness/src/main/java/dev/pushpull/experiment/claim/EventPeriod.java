package dev.pushpull.experiment.claim;

import dev.pushpull.event.EventFactory;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.EventPump;
import dev.pushpull.experiment.run.EventSink;
import dev.pushpull.experiment.run.Pumping;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Lets events occur for a time, and waits for their arrival. Once closed, no more occur. */
final class EventPeriod implements AutoCloseable {
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final NanoClock clock = NanoClock.SYSTEM;
    private final long startNanos = clock.nanoTime() + LEAD_NANOS;
    private final long durationNanos;
    private final DeliveryLedger ledger;
    private final Pumping pumping;

    /** Starts shortly after now. */
    EventPeriod(EventPlan plan, EventFactory factory, EventSink sink, long durationNanos, DeliveryLedger ledger) {
        this.durationNanos = durationNanos;
        this.ledger = ledger;
        this.pumping = new Pumping(
                new EventPump(plan, factory, sink, clock, startNanos), new RoleThreads("rig", RoleThreads.HARNESS));
    }

    /** Nanoseconds since the start. */
    long elapsedNanos() {
        return clock.nanoTime() - startNanos;
    }

    /** Returns at this time after the start. */
    void waitUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - elapsedNanos());
    }

    /**
     * Waits for the end, and then at most this long for what has not arrived.
     *
     * @throws IOException when events failed to occur
     */
    void awaitEnd(long drainNanos) throws IOException, InterruptedException {
        waitUntil(durationNanos);
        while (!pumping.over()) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY_NANOS);
        }
        pumping.stop();
        awaitAll(drainNanos);
    }

    /** Waits at most this long until all events that occurred have arrived. */
    void awaitAll(long mostNanos) throws InterruptedException {
        long untilNanos = clock.nanoTime() + mostNanos;
        while (ledger.received() < ledger.events() && clock.nanoTime() < untilNanos) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY_NANOS);
        }
    }

    @Override
    public void close() {
        pumping.close();
    }
}
