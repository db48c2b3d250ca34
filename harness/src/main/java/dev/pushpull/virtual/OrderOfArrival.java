package dev.pushpull.virtual;

import java.util.Arrays;

/** Finds first arrivals after a later event of the same stream, given when each event arrived, in the events' order. */
public final class OrderOfArrival {
    /** Arrivals that a later event may yet come before, in rising order. */
    private long[] open = new long[16];

    private int first;
    private int last;

    /**
     * The next event.
     *
     * @return how many earlier events it came before
     */
    public int arrived(long eventNanos, long heldNanos) {
        while (first < last && open[first] <= eventNanos) {
            first++;
        }
        int before = last;
        while (first < last && open[last - 1] > heldNanos) {
            last--;
        }
        int overtaken = before - last;
        if (last == open.length) {
            int kept = last - first;
            open = Arrays.copyOf(Arrays.copyOfRange(open, first, last), Math.max(16, 2 * kept));
            first = 0;
            last = kept;
        }
        open[last++] = heldNanos;
        return overtaken;
    }
}
