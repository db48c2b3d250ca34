package dev.pushpull.delivery.thin;

/**
 * When one consumer reads, after which webhooks. Pure: it is told what happens at what time, live and in virtual time
 * alike, and says when the next read is due. Times are nanoseconds of any clock; cursors are sequences of the stream. A
 * read is planned, or on its way, or neither.
 */
final class ReadPlan {
    /** No read is due because of this. */
    static final long NEVER = Long.MAX_VALUE;

    private final long debounceNanos;
    private final long againNanos;
    private final WhenNotVisible otherwise;

    /** The consumer holds or has passed over everything up to here. */
    private long cursor;

    /** What webhooks have told of before the newest read began; and since. */
    private long toldBefore;

    private long toldSince;

    /** When the first webhook came since then that told of something new. */
    private long firstSinceNanos;

    private boolean planned;
    private boolean reading;

    /**
     * @param debounceNanos from the webhook to its read
     * @param againNanos from a read that did not bring everything to the next, where there is one
     */
    ReadPlan(long debounceNanos, long againNanos, WhenNotVisible otherwise) {
        this.debounceNanos = debounceNanos;
        this.againNanos = againNanos;
        this.otherwise = otherwise;
    }

    /** Where the next read begins. */
    long cursor() {
        return cursor;
    }

    /**
     * A webhook came.
     *
     * @param told the cursor in it
     * @return when the read that it starts is due; {@link #NEVER} when it starts none
     */
    long pinged(long told, long atNanos) {
        if (told <= cursor) {
            return NEVER;
        }
        if (reading) {
            firstSinceNanos = toldSince == 0 ? atNanos : firstSinceNanos;
            toldSince = Math.max(toldSince, told);
            return NEVER;
        }
        toldBefore = Math.max(toldBefore, told);
        return planned ? NEVER : plan(atNanos + debounceNanos);
    }

    /** The planned read begins. */
    void begun() {
        planned = false;
        reading = true;
    }

    /**
     * The read is over.
     *
     * @param end where it ended: the cursor of the last event that it brought, or the one it began with
     * @return when the next read is due; {@link #NEVER} when none is before the next webhook
     */
    long answered(long end, long atNanos) {
        cursor = Math.max(cursor, end);
        if (otherwise == WhenNotVisible.SKIP) {
            cursor = Math.max(cursor, toldBefore);
        }
        boolean more = otherwise == WhenNotVisible.AGAIN && toldBefore > cursor;
        return next(more ? atNanos + againNanos : NEVER, atNanos);
    }

    /** The read failed after it had brought what there is up to {@code end}. Returns when the rest is asked for. */
    long failed(long end, long atNanos) {
        cursor = Math.max(cursor, end);
        return next(atNanos + againNanos, atNanos);
    }

    private long next(long againAtNanos, long atNanos) {
        reading = false;
        long dueNanos = againAtNanos;
        if (toldSince > cursor) {
            dueNanos = Math.min(dueNanos, Math.max(atNanos, firstSinceNanos + debounceNanos));
        }
        toldBefore = Math.max(toldBefore, toldSince);
        toldSince = 0;
        return dueNanos == NEVER ? NEVER : plan(dueNanos);
    }

    private long plan(long dueNanos) {
        planned = true;
        return dueNanos;
    }
}
