package dev.pushpull.virtual;

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
        if (first == last) {
            first = 0;
            last = 0;
        } else if (last == open.length) {
            int kept = last - first;
            long[] room = 2 * kept > open.length ? new long[2 * kept] : open;
            System.arraycopy(open, first, room, 0, kept);
            open = room;
            first = 0;
            last = kept;
        }
        open[last++] = heldNanos;
        return overtaken;
    }
}
