package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;

/** One consumer in virtual time. It is moved on through its time and puts what happens into its tally. */
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

    /** All that happens before {@code untilNanos}; events up to the horizon itself when it lies beyond. */
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

    /** No event occurs any more before {@code untilNanos}: what comes of time alone is counted up to there. */
    protected abstract void passed(long untilNanos);

    /** Nothing happens any more. */
    protected void ended() {}
}
