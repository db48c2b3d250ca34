package dev.pushpull.delivery.thin;

/** Webhooks on their way to one consumer in virtual time, in the order in which they arrive. */
final class PingQueue {
    private long[] arrives = new long[8];
    private long[] tells = new long[8];
    private int first;
    private int last;

    /** Adds one; usually it arrives after all others. */
    void add(long arrivesNanos, long told) {
        if (last == arrives.length) {
            makeRoom();
        }
        int place = last++;
        for (; place > first && arrives[place - 1] > arrivesNanos; place--) {
            arrives[place] = arrives[place - 1];
            tells[place] = tells[place - 1];
        }
        arrives[place] = arrivesNanos;
        tells[place] = told;
    }

    private void makeRoom() {
        int kept = last - first;
        long[] times = 2 * kept > arrives.length ? new long[2 * kept] : arrives;
        long[] cursors = 2 * kept > tells.length ? new long[2 * kept] : tells;
        System.arraycopy(arrives, first, times, 0, kept);
        System.arraycopy(tells, first, cursors, 0, kept);
        arrives = times;
        tells = cursors;
        first = 0;
        last = kept;
    }

    /** When the next one arrives; {@link ReadPlan#NEVER} without one. */
    long nextNanos() {
        return first == last ? ReadPlan.NEVER : arrives[first];
    }

    /** Takes the next one, and returns the cursor in it. */
    long take() {
        return tells[first++];
    }
}
