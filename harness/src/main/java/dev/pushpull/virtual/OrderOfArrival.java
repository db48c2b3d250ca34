package dev.pushpull.virtual;

import java.util.Arrays;

/**
 * Counts first arrivals that come after a later event of the same stream. Takes the arrival times in the events' order.
 */
public final class OrderOfArrival {
    /** Arrivals that a later event may still overtake, in rising order. */
    private long[] open = new long[16];

    private int first;
    private int last;

    /**
     * Takes the next event.
     *
     * @return how many earlier events it overtook
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
