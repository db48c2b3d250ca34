package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTally.Missed;
import java.util.Arrays;

/**
 * What one consumer's polls bring in virtual time: the newest events that the provider still keeps, in pages fetched
 * one right after another.
 */
public final class PolledEvents {
    private final VirtualTally tally;
    private final KindTally polls;
    private final KindTally pages;
    private final int retention;
    private final int pageLimit;
    private final long horizonNanos;
    private final long deadlineNanos;
    private boolean closing;
    private boolean tooLate;

    /**
     * Polls that brought something, and their events without those of the newest poll: so far, and already in the
     * tally.
     */
    private long hits;

    private long fetched;
    private long settledHits;
    private long settledFetched;

    /** The latencies of what the newest poll brings, so that dropped events can be withdrawn. */
    private long[] latencies = new long[16];

    private int count;

    /** Events can be taken up to this count before the limits must be checked; and whether they were checked. */
    private int stop;

    private boolean stopped = true;
    private int pageEnd;
    private int oldest;

    /** @param longestIntervalNanos how long after the horizon a closing poll may come, beyond the drain */
    public PolledEvents(Scenario scenario, long longestIntervalNanos, VirtualTally tally) {
        this.tally = tally;
        this.polls = tally.of(Exchanges.POLL);
        this.pages = tally.of(Exchanges.PAGE);
        this.retention = scenario.events().retention();
        this.pageLimit = scenario.polling().pageLimit();
        this.horizonNanos = scenario.run().durationNanos();
        this.deadlineNanos = VirtualFaults.deadlineNanos(scenario, longestIntervalNanos);
    }

    /**
     * Begins a poll that brings something, no earlier than the one before; from the horizon on it only closes the run.
     */
    public void begin(long pollNanos) {
        hits++;
        fetched += count;
        count = 0;
        if (stopped) {
            oldest = 0;
            pageEnd = pageLimit;
            limit();
            stopped = false;
        }
        if (pollNanos >= horizonNanos) {
            close(pollNanos);
        }
    }

    private void close(long pollNanos) {
        hits--;
        closing = true;
        tooLate = pollNanos > deadlineNanos;
        stop = tooLate ? 0 : stop;
        tally.add(Count.DRAIN, tooLate ? 0 : 1);
    }

    /** The poll brings one more event. If there are more than the provider keeps, the oldest was dropped. */
    public void take(long latencyNanos) {
        if (count == stop && !makeRoom(latencyNanos)) {
            return;
        }
        latencies[count++] = latencyNanos;
        tally.delivered(latencyNanos);
    }

    /** Adds everything so far to the tally. */
    public void settle() {
        long all = fetched + (closing ? 0 : count);
        polls.carried(all - settledFetched);
        polls.filled(hits - settledHits);
        settledFetched = all;
        settledHits = hits;
    }

    private void limit() {
        stop = Math.min(latencies.length, Math.min(pageEnd, retention));
    }

    private boolean makeRoom(long latencyNanos) {
        stopped = true;
        if (tooLate) {
            tally.missed(Missed.NOT_FETCHED.bit());
            return false;
        }
        if (count == retention) {
            tally.withdrawn(latencies[oldest]);
            tally.missed(Missed.DROPPED_BY_RETENTION.bit());
            latencies[oldest] = latencyNanos;
            tally.delivered(latencyNanos);
            oldest = oldest + 1 == retention ? 0 : oldest + 1;
            return false;
        }
        if (count == pageEnd) {
            if (closing) {
                tally.add(Count.DRAIN, 1);
            } else {
                pages.made(1);
                pages.filled(1);
            }
            pageEnd += pageLimit;
        }
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, (int) Math.min(retention, 2L * count));
        }
        limit();
        return true;
    }
}
