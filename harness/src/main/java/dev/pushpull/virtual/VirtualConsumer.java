package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;

/** One consumer in virtual time. Its time is advanced in steps, and it adds what happens to its tally. */
public abstract class VirtualConsumer {
    protected final VirtualTally tally;
    protected final long horizonNanos;
    private final ArrivalTimes events;
    private long nextEventNanos;

    protected VirtualConsumer(Scenario scenario, ArrivalTimes events, VirtualTally tally) {
        this.tally = tally;
        this.horizonNanos = scenario.run().durationNanos();
        this.events = events;
        this.nextEventNanos = events.nextNanos();
    }

    /**
     * Handles everything before {@code untilNanos}; when that is beyond the horizon, events up to and at the horizon.
     */
    final void advance(long untilNanos) {
        boolean toTheEnd = untilNanos >= horizonNanos;
        long lastNanos = toTheEnd ? horizonNanos : untilNanos - 1;
        long at = nextEventNanos;
        long count = 0;
        while (at <= lastNanos) {
            occurred(at);
            count++;
            at = events.nextNanos();
            if (at == ArrivalTimes.NONE) {
                break;
            }
        }
        nextEventNanos = at;
        tally.expected += count;
        passed(Math.min(untilNanos, horizonNanos));
        if (toTheEnd) {
            ended();
        }
    }

    /** An event occurred for this consumer, no earlier than the one before. */
    protected abstract void occurred(long eventNanos);

    /** No more events occur before {@code untilNanos}: counts what time alone brings until then. */
    protected abstract void passed(long untilNanos);

    /** Nothing happens any more. */
    protected void ended() {}
}
