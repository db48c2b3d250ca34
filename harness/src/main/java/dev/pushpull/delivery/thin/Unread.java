package dev.pushpull.delivery.thin;

import dev.pushpull.virtual.VirtualTally.Missed;
import java.util.Arrays;

/** The events of one stream that its consumer has not read, in virtual time, oldest first. */
final class Unread {
    private long[] occurred = new long[16];

    /** Why its webhook never arrived; null when it does. */
    private Missed[] untold = new Missed[16];

    private int first;
    private int last;
    private long lastSequence;

    /** Adds an event, later than all others; returns its sequence. */
    long add(long eventNanos, Missed whyUntold) {
        if (last == occurred.length) {
            makeRoom();
        }
        occurred[last] = eventNanos;
        untold[last++] = whyUntold;
        return ++lastSequence;
    }

    private void makeRoom() {
        int kept = last - first;
        int room = 2 * kept > occurred.length ? 2 * kept : occurred.length;
        occurred = Arrays.copyOf(Arrays.copyOfRange(occurred, first, last), room);
        untold = Arrays.copyOf(Arrays.copyOfRange(untold, first, last), room);
        first = 0;
        last = kept;
    }

    boolean isEmpty() {
        return first == last;
    }

    /** The cursor of a reader who lacks these and nothing else. */
    long cursor() {
        return lastSequence - (last - first);
    }

    /** When the oldest occurred. */
    long oldestNanos() {
        return occurred[first];
    }

    /** How many occurred up to a moment. */
    int countUpTo(long nanos) {
        int end = first;
        while (end < last && occurred[end] <= nanos) {
            end++;
        }
        return end - first;
    }

    /** Removes the oldest and returns when it occurred. */
    long takeNanos() {
        return occurred[first++];
    }

    /** Why nobody told of the oldest; null when somebody did. */
    Missed whyUntold() {
        return untold[first];
    }
}
