package dev.pushpull.virtual;

import dev.pushpull.virtual.VirtualTally.Missed;
import java.util.Arrays;

/**
 * What came of the attempts at what one consumer was sent, in the order of sending. It is written by the sender's run and
 * then read once, from the beginning.
 */
final class AttemptCourses {
    private static final byte UNKNOWN = -1;

    private long[] sentNanos = new long[4];
    private long[] heldNanos = new long[4];
    private int[] reached = new int[4];
    private int[] unanswered = new int[4];
    private int[] foundNobody = new int[4];
    private int[] opened = new int[4];
    private int[] repeated = new int[4];
    private byte[] missed = new byte[4];
    private int count;
    private int next;

    /** Something is to be sent; returns its number. */
    int add(long nanos) {
        if (count == sentNanos.length) {
            int room = count + (count >> 1);
            sentNanos = Arrays.copyOf(sentNanos, room);
            heldNanos = Arrays.copyOf(heldNanos, room);
            reached = Arrays.copyOf(reached, room);
            unanswered = Arrays.copyOf(unanswered, room);
            foundNobody = Arrays.copyOf(foundNobody, room);
            opened = Arrays.copyOf(opened, room);
            repeated = Arrays.copyOf(repeated, room);
            missed = Arrays.copyOf(missed, room);
        }
        sentNanos[count] = nanos;
        heldNanos[count] = VirtualAttempts.NEVER;
        missed[count] = UNKNOWN;
        return count++;
    }

    void foundNobody(int number) {
        foundNobody[number]++;
    }

    /** An attempt reached the consumer; returns how many have. */
    int reached(int number, boolean opens) {
        opened[number] += opens ? 1 : 0;
        return ++reached[number];
    }

    /** It was reached, but its sender does not wait for the answer. */
    void unanswered(int number) {
        unanswered[number]++;
    }

    /** An attempt brings what the consumer then holds, or held before. */
    void held(int number, long nanos) {
        if (heldNanos[number] == VirtualAttempts.NEVER) {
            heldNanos[number] = nanos;
        } else {
            repeated[number]++;
        }
    }

    void gaveUp(int number, Missed reason) {
        missed[number] = (byte) reason.ordinal();
    }

    /**
     * Moves to the next one.
     *
     * @throws IllegalStateException when another one was sent at that time
     */
    void next(long nanos) {
        if (next == count || sentNanos[next] != nanos) {
            throw new IllegalStateException("nothing was sent at " + nanos + " ns");
        }
        next++;
    }

    /** When the consumer holds the newest; {@link VirtualAttempts#NEVER} if it never does. */
    long heldNanos() {
        return heldNanos[next - 1];
    }

    /** Why the newest was given up; those still under way at the end are pending. */
    Missed missed() {
        byte reason = missed[next - 1];
        return reason == UNKNOWN ? Missed.RETRY_PENDING : Missed.values()[reason];
    }

    int repeated() {
        return repeated[next - 1];
    }

    /** Counts the attempts at the newest. */
    void count(KindTally attempts, int events) {
        int place = next - 1;
        attempts.made(reached[place]);
        attempts.unanswered(unanswered[place]);
        attempts.carried((long) events * reached[place]);
        attempts.opened(opened[place]);
        for (int attempt = 0; attempt < foundNobody[place]; attempt++) {
            attempts.foundNobody();
        }
    }
}
