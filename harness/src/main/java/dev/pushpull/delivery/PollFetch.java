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
    private boolean closing;
    private boolean tooLate;
    private int count;
    private int onPage;

    /** The latencies of what the poll brings, so that those of dropped events can be taken back; the oldest at next. */
    private long[] latencies = new long[16];

    private int next;

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
        closing = pollNanos >= horizonNanos;
        tooLate = pollNanos > deadlineNanos;
        count = 0;
        onPage = 0;
        next = 0;
        if (!tooLate) {
            tally.add(closing ? Count.DRAIN : Count.HITS, 1);
        }
    }

    /** It brings one event more. When there are more than the provider keeps, the oldest was dropped. */
    public void take(long latencyNanos) {
        if (tooLate) {
            tally.missed(Missed.NOT_FETCHED);
            return;
        }
        if (count == retention) {
            next = next == retention ? 0 : next;
            tally.withdrawn(latencies[next]);
            tally.missed(Missed.DROPPED_BY_RETENTION);
        } else {
            grow();
        }
        latencies[next++] = latencyNanos;
        tally.delivered(latencyNanos);
    }

    private void grow() {
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, (int) Math.min(retention, 2L * count));
        }
        count++;
        if (onPage == pageLimit) {
            onPage = 0;
            tally.add(closing ? Count.DRAIN : Count.FURTHER_PAGES, 1);
        }
        onPage++;
        if (!closing) {
            tally.fetched++;
        }
    }
}
