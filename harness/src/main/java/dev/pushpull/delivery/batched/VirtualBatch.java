package dev.pushpull.delivery.batched;

import java.util.Arrays;

/** Events that are sent, or sent again, at some time in one webhook. The first has a sequence, the others follow it. */
final class VirtualBatch {
    final long atNanos;
    final long[] occurredNanos;

    /** Whether it is not a part of another. */
    final boolean whole;

    /** Whether its consumer refuses one of its events, each time. */
    final boolean refused;

    final long firstSequence;
    private final int consumer;
    private final RefusedEvents refusal;

    /** Whether its parts were sent after it. */
    boolean split;

    VirtualBatch(
            int consumer,
            long atNanos,
            long firstSequence,
            long[] occurredNanos,
            boolean whole,
            RefusedEvents refusal) {
        this.consumer = consumer;
        this.atNanos = atNanos;
        this.firstSequence = firstSequence;
        this.occurredNanos = occurredNanos;
        this.whole = whole;
        this.refusal = refusal;
        boolean any = false;
        for (int event = 0; event < occurredNanos.length; event++) {
            any |= refusal.refuses(consumer, firstSequence + event);
        }
        this.refused = any;
    }

    int events() {
        return occurredNanos.length;
    }

    /** Some of its events, sent again. */
    VirtualBatch part(long againNanos, int from, int to) {
        return new VirtualBatch(
                consumer,
                againNanos,
                firstSequence + from,
                Arrays.copyOfRange(occurredNanos, from, to),
                false,
                refusal);
    }
}
