package dev.pushpull.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When one consumer is down: given outages, and random ones that alternate between exponential up and down times and
 * start in their stationary state (docs/theory.md section 8). They are drawn only as far as needed; outages that touch
 * become one. Not thread-safe.
 */
public final class DownTimes {
    /** Returned when there is no further outage. */
    public static final long NONE = Long.MAX_VALUE;

    private final List<Given> given;

    /** How often each of those was taken already. */
    private final long[] taken;

    private final double meanUpNanos;
    private final double meanDownNanos;
    private final ExponentialGaps gaps;
    private long nextRandomStart = NONE;
    private long nextRandomEnd = NONE;

    /** The outages drawn and not yet forgotten: {@code first} to {@code last - 1}. */
    private long[] starts = new long[8];

    private long[] ends = new long[8];
    private int first;
    private int last;

    /**
     * An outage at a known time, which may come again.
     *
     * @param periodNanos from one beginning to the next
     * @param times how often it comes in all
     */
    public record Given(long startNanos, long endNanos, long periodNanos, long times) {}

    /**
     * @param given in any order
     * @param meanUpNanos mean time between random outages; 0 for none
     * @param meanDownNanos mean length of a random outage
     */
    public DownTimes(List<Given> given, double meanUpNanos, double meanDownNanos, RandomGenerator random) {
        this.given = given;
        this.taken = new long[given.size()];
        this.meanUpNanos = meanUpNanos;
        this.meanDownNanos = meanDownNanos;
        gaps = new ExponentialGaps(random);
        if (meanUpNanos > 0) {
            boolean startsDown = random.nextDouble() < meanDownNanos / (meanUpNanos + meanDownNanos);
            nextRandomStart = startsDown ? 0 : gaps.nextAfter(0, meanUpNanos);
            nextRandomEnd = gaps.nextAfter(nextRandomStart, meanDownNanos);
        }
        draw();
    }

    /** Whether there is no outage at all. */
    public boolean never() {
        return given.isEmpty() && meanUpNanos == 0;
    }

    /** Whether it is down at a moment. */
    public boolean isDown(long nanos) {
        return startNanos(nanos) <= nanos;
    }

    /** The start of the first outage that ends after {@code nanos}; {@link #NONE} without one. */
    public long startNanos(long nanos) {
        int index = endingAfter(nanos); // first, since it may replace the arrays
        return starts[index];
    }

    /** The end of the first outage that ends after {@code nanos}; {@link #NONE} without one. */
    public long endNanos(long nanos) {
        int index = endingAfter(nanos); // first, since it may replace the arrays
        return ends[index];
    }

    /** Promises that nothing before {@code nanos} will be asked for again. */
    public void forget(long nanos) {
        while (ends[first] <= nanos) {
            first++;
            if (first == last) {
                draw();
            }
        }
    }

    private int endingAfter(long nanos) {
        int index = first;
        while (ends[index] <= nanos) {
            index++;
            if (index == last) {
                int kept = index - first;
                draw();
                index = first + kept;
            }
        }
        return index;
    }

    /** Draws one more outage; after the last comes one that never begins. */
    private void draw() {
        long start = nextStart();
        long end = start == NONE ? NONE : takeEnd();
        while (end != NONE && nextStart() <= end) {
            end = Math.max(end, takeEnd());
        }
        if (last == starts.length) {
            int kept = last - first;
            int room = Math.max(8, 2 * kept);
            starts = Arrays.copyOf(Arrays.copyOfRange(starts, first, last), room);
            ends = Arrays.copyOf(Arrays.copyOfRange(ends, first, last), room);
            first = 0;
            last = kept;
        }
        starts[last] = start;
        ends[last++] = end;
    }

    private long nextStart() {
        int next = nextGiven();
        return next < 0 ? nextRandomStart : Math.min(startOf(next), nextRandomStart);
    }

    private long startOf(int number) {
        return given.get(number).startNanos + taken[number] * given.get(number).periodNanos;
    }

    /** The one of the given outages that comes next, or -1. */
    private int nextGiven() {
        int next = -1;
        for (int number = 0; number < taken.length; number++) {
            if (taken[number] < given.get(number).times && (next < 0 || startOf(number) < startOf(next))) {
                next = number;
            }
        }
        return next;
    }

    private long takeEnd() {
        int next = nextGiven();
        if (next >= 0 && startOf(next) <= nextRandomStart) {
            return given.get(next).endNanos + taken[next]++ * given.get(next).periodNanos;
        }
        long end = nextRandomEnd;
        nextRandomStart = gaps.nextAfter(end, meanUpNanos);
        nextRandomEnd = gaps.nextAfter(nextRandomStart, meanDownNanos);
        return end;
    }
}
