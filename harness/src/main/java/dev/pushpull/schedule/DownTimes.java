package dev.pushpull.schedule;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * When one consumer is down: given outages, and random ones that alternate between exponential up and down times and
 * start in their stationary state (docs/theory.md section 8). They are drawn only as far as needed; outages that touch
 * become one. Not thread-safe.
 */
public final class DownTimes {
    /** Returned when there is no further outage. */
    public static final long NONE = Long.MAX_VALUE;

    private final long[] givenStarts;
    private final long[] givenEnds;
    private final double meanUpNanos;
    private final double meanDownNanos;
    private final ExponentialGaps gaps;
    private int nextGiven;
    private long nextRandomStart = NONE;
    private long nextRandomEnd = NONE;

    /** The outages drawn and not yet forgotten: {@code first} to {@code last - 1}. */
    private long[] starts = new long[8];

    private long[] ends = new long[8];
    private int first;
    private int last;

    /**
     * @param startsNanos starts of the given outages, in any order
     * @param endsNanos their ends
     * @param meanUpNanos mean time between random outages; 0 for none
     * @param meanDownNanos mean length of a random outage
     */
    public DownTimes(
            long[] startsNanos, long[] endsNanos, double meanUpNanos, double meanDownNanos, RandomGenerator random) {
        givenStarts = startsNanos.clone();
        givenEnds = endsNanos.clone();
        sortByStart();
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

    /** By insertion: they are few, mostly in order, and each of a million consumers sorts them. */
    private void sortByStart() {
        for (int i = 1; i < givenStarts.length; i++) {
            long start = givenStarts[i];
            long end = givenEnds[i];
            int place = i;
            for (; place > 0 && givenStarts[place - 1] > start; place--) {
                givenStarts[place] = givenStarts[place - 1];
                givenEnds[place] = givenEnds[place - 1];
            }
            givenStarts[place] = start;
            givenEnds[place] = end;
        }
    }

    /** Whether there is no outage at all. */
    public boolean never() {
        return givenStarts.length == 0 && meanUpNanos == 0;
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
        return Math.min(nextGiven < givenStarts.length ? givenStarts[nextGiven] : NONE, nextRandomStart);
    }

    private long takeEnd() {
        if (nextGiven < givenStarts.length && givenStarts[nextGiven] <= nextRandomStart) {
            return givenEnds[nextGiven++];
        }
        long end = nextRandomEnd;
        nextRandomStart = gaps.nextAfter(end, meanUpNanos);
        nextRandomEnd = gaps.nextAfter(nextRandomStart, meanDownNanos);
        return end;
    }
}
