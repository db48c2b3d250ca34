package dev.pushpull.experiment.capacity;

import dev.pushpull.host.Spans;
import dev.pushpull.load.TimedDurations;
import java.util.Arrays;

/**
 * What response times would have been without the machine's stalls. In a queue that is served in order, a stall lengthens
 * each response of its busy period by its length, until the queue would have been empty without it (Lindley). Let H be
 * the time in stalls. Of the response r to a request due at t, H[t, t + r) was no work. The rest, w, was lengthened by
 * stalls before t: {@code D <- min(D + H since the request before, w)}, and {@code w - D} is the response without stalls.
 * An overloaded server keeps its w, because D never grows by more than the stalls that were heard.
 *
 * <p>Responses are not quite in order, so D follows the median w of some neighbours, and each response is reduced in
 * proportion to that median. A response far beyond its neighbours keeps the excess. Pure: reads no clock.
 */
final class StallDeduction {
    /** The queue is never exactly as long as measured. */
    private static final double SLACK = 1.1;

    /** A response further beyond its neighbours is slow for a reason of its own. */
    private static final double MOST_OF_MEDIAN = 1.5;

    /** A group of neighbours ends with at least 5 responses due over 5 ms, or 16 over 1 ms. */
    private static final int LEAST = 5;

    private static final int ENOUGH = 16;
    private static final long LEAST_NANOS = 1_000_000;
    private static final long ENOUGH_NANOS = 5_000_000;

    private final TimedDurations responses;
    private final Spans stalls;
    private final long[] quietNanos;

    /** How much of the stalls before {@link #upToNanos} is still in the queue. */
    private double borneNanos;

    private long upToNanos;

    private StallDeduction(long fromNanos, TimedDurations responses, Spans stalls) {
        this.responses = responses;
        this.stalls = stalls;
        this.quietNanos = new long[responses.count()];
        this.upToNanos = fromNanos;
    }

    /**
     * Response times of the same requests, in the same order, had there been no stalls.
     *
     * @param fromNanos when load began, before the first of the responses
     * @param responses from when requests were due
     * @param stalls that were heard
     */
    static long[] quietNanos(long fromNanos, TimedDurations responses, Spans stalls) {
        StallDeduction deduction = new StallDeduction(fromNanos, responses, stalls);
        for (int first = 0; first < responses.count(); ) {
            int end = deduction.neighbours(first);
            deduction.deduct(first, end);
            first = end;
        }
        return deduction.quietNanos;
    }

    /** These times without the stalls. */
    static long[] remainingNanos(TimedDurations durations, Spans stalls) {
        long[] remaining = new long[durations.count()];
        for (int i = 0; i < remaining.length; i++) {
            remaining[i] = durations.nanos(i) - stalledNanos(durations, i, stalls);
        }
        return remaining;
    }

    private static long stalledNanos(TimedDurations durations, int index, Spans stalls) {
        long at = durations.atNanos(index);
        return stalls.within(at, at + durations.nanos(index));
    }

    /** The end of the neighbours that are handled together. */
    private int neighbours(int first) {
        long from = responses.atNanos(first);
        int end = first + 1;
        while (end < responses.count()) {
            int count = end - first;
            long nanos = responses.atNanos(end) - from;
            if (count >= LEAST && nanos >= ENOUGH_NANOS || count >= ENOUGH && nanos >= LEAST_NANOS) {
                break;
            }
            end++;
        }
        return end;
    }

    private void deduct(int first, int end) {
        long[] work = new long[end - first];
        for (int i = first; i < end; i++) {
            work[i - first] = responses.nanos(i) - stalledNanos(responses, i, stalls);
        }
        long[] sorted = work.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
        double most = SLACK * median;
        for (int i = first; i < end; i++) {
            double borne = Math.min(borneNanos + stalls.within(upToNanos, responses.atNanos(i)), most);
            double share = median > 0 ? Math.min(MOST_OF_MEDIAN, work[i - first] / median) : 0;
            quietNanos[i] = Math.max(0, Math.round(work[i - first] - borne * share));
        }
        long last = responses.atNanos(end - 1);
        borneNanos = Math.min(borneNanos + stalls.within(upToNanos, last), most);
        upToNanos = last;
    }
}
