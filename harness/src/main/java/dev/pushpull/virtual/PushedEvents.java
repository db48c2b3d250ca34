package dev.pushpull.virtual;

import java.util.Arrays;

/** One consumer's events in order, numbered from 0, until they are taken: when each occurred and what its push came to. */
final class PushedEvents implements VirtualTally.Fates {
    private static final long UNKNOWN = Long.MIN_VALUE;

    /** Event number n is at n modulo their length, a power of two. */
    private long[] occurred = new long[16];

    private long[] pushed = new long[16];
    private int[] reasons = new int[16];
    private long begin;
    private long knownUpTo;
    private long end;

    /** Adds one that is later than all others, or at the same time. */
    void add(long eventNanos) {
        if (end - begin == occurred.length) {
            makeRoom();
        }
        occurred[at(end)] = eventNanos;
        pushed[at(end)] = UNKNOWN;
        end++;
    }

    private void makeRoom() {
        int old = occurred.length;
        occurred = Arrays.copyOf(occurred, 2 * old);
        pushed = Arrays.copyOf(pushed, 2 * old);
        reasons = Arrays.copyOf(reasons, 2 * old);
        for (long number = begin; number < end; number++) {
            int from = (int) (number & old - 1);
            int to = at(number);
            if (to != from) {
                occurred[to] = occurred[from];
                pushed[to] = pushed[from];
                reasons[to] = reasons[from];
            }
        }
    }

    private int at(long number) {
        return (int) (number & occurred.length - 1);
    }

    @Override
    public void held(long eventNanos, long heldNanos) {
        pushed[at(waiting(eventNanos))] = heldNanos;
    }

    @Override
    public void missed(long eventNanos, int why) {
        int place = at(waiting(eventNanos));
        pushed[place] = VirtualAttempts.NEVER;
        reasons[place] = why;
    }

    /** One that occurred then and of whose push nothing is known yet. It is mostly the newest or the oldest of them. */
    private long waiting(long eventNanos) {
        if (is(end - 1, eventNanos)) {
            return end - 1;
        }
        for (long number = knownUpTo(); number < end; number++) {
            if (is(number, eventNanos)) {
                return number;
            }
        }
        throw new IllegalStateException("no event waits that occurred at " + eventNanos);
    }

    private boolean is(long number, long eventNanos) {
        return number >= begin && occurred[at(number)] == eventNanos && pushed[at(number)] == UNKNOWN;
    }

    /** Of all before this one it is known what their push came to. */
    long knownUpTo() {
        while (knownUpTo < end && pushed[at(knownUpTo)] != UNKNOWN) {
            knownUpTo++;
        }
        return knownUpTo;
    }

    /** The oldest that is not taken. */
    long begin() {
        return begin;
    }

    /** The one that will be added next. */
    long end() {
        return end;
    }

    long occurredNanos(long number) {
        return occurred[at(number)];
    }

    /** When its push arrives; {@link VirtualAttempts#NEVER} if it does not. */
    long pushedNanos(long number) {
        return pushed[at(number)];
    }

    /** Why it does not, as bits of {@link VirtualTally.Missed}. */
    int reasons(long number) {
        return reasons[at(number)];
    }

    /** The oldest is taken. */
    void remove() {
        begin++;
    }
}
