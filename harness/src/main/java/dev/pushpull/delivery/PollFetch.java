package dev.pushpull.delivery;

import dev.pushpull.delivery.VirtualTally.Count;
import dev.pushpull.delivery.VirtualTally.Missed;
import dev.pushpull.scenario.Scenario;
import java.util.Arrays;

/**
 * What one consumer's polls bring in virtual time: the newest events that the provider still keeps, in pages that are
 * drained at once.
 */
public final class PollFetch {
    private final VirtualTally tally;
    private final int retention;
    private final int pageLimit;
    private final long horizonNanos;
    private final long deadlineNanos;
    private boolean closing = true;
    private boolean tooLate;

    /** The latencies of what the poll brings, so that those of dropped events can be taken back. */
    private long[] latencies = new long[16];

    private int count;

    /** Up to where events can be taken without looking at the limits. */
    private int stop;

    private int pageEnd;
    private int oldest;
    private int fetched;

    /** @param longestIntervalNanos how long after the horizon a closing poll may come, beyond the drain */
    public PollFetch(Scenario scenario, long longestIntervalNanos, VirtualTally tally) {
        this.tally = tally;
        this.retention = scenario.events().retention();
        this.pageLimit = scenario.polling().pageLimit();
        this.horizonNanos = scenario.run().durationNanos();
        this.deadlineNanos = VirtualFaults.deadlineNanos(scenario, longestIntervalNanos);
    }

    /** A poll is made that brings something; from the horizon on it only closes the run. */
    public void begin(long pollNanos) {
        settle();
        closing = pollNanos >= horizonNanos;
        tooLate = pollNanos > deadlineNanos;
        count = 0;
        oldest = 0;
        fetched = 0;
        pageEnd = pageLimit;
        stop = tooLate ? 0 : Math.min(latencies.length, Math.min(pageEnd, retention));
        if (!tooLate) {
            tally.add(closing ? Count.DRAIN : Count.HITS, 1);
        }
    }

    /** It brings one event more. When there are more than the provider keeps, the oldest was dropped. */
    public void take(long latencyNanos) {
        if (count == stop && !makeRoom(latencyNanos)) {
            return;
        }
        latencies[count++] = latencyNanos;
        tally.delivered(latencyNanos);
    }

    /** Puts what was fetched so far into the tally. */
    public void settle() {
        if (!closing) {
            tally.add(Count.FETCHED, count - fetched);
            fetched = count;
        }
    }

    private boolean makeRoom(long latencyNanos) {
        if (tooLate) {
            tally.missed(Missed.NOT_FETCHED);
            return false;
        }
        if (count == retention) {
            tally.withdrawn(latencies[oldest]);
            tally.missed(Missed.DROPPED_BY_RETENTION);
            latencies[oldest] = latencyNanos;
            tally.delivered(latencyNanos);
            oldest = oldest + 1 == retention ? 0 : oldest + 1;
            return false;
        }
        if (count == pageEnd) {
            tally.add(closing ? Count.DRAIN : Count.FURTHER_PAGES, 1);
            pageEnd += pageLimit;
        }
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, (int) Math.min(retention, 2L * count));
        }
        stop = Math.min(latencies.length, Math.min(pageEnd, retention));
        return true;
    }
}
