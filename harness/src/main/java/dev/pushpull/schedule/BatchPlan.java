package dev.pushpull.schedule;

/**
 * When the events that wait for one endpoint are sent together. Pure: it is told what happens at what time, live and in
 * virtual time alike. Times are nanoseconds of any clock.
 */
public final class BatchPlan {
    /** Nothing is due. */
    public static final long NEVER = Long.MAX_VALUE;

    /** From when the wait of a batch counts. */
    public enum Law {
        /** From its first event. */
        FIRST_EVENT,
        /** From the batch before: after a longer silence an event is sent at once. */
        LAST_DISPATCH,
        /** By the clock: whatever came within a window is sent at its end. */
        WINDOW,
        /** Not at all: whatever waits is sent as soon as the batch before was answered. */
        PENDING
    }

    /**
     * How events are gathered.
     *
     * @param size the most events in a batch; as soon as so many wait, they are sent
     * @param waitNanos how long a batch waits; above 0 unless nothing is gathered
     */
    public record Rule(Law law, int size, long waitNanos) {
        /** Each event is sent by itself, at once. */
        public static final Rule EACH_ALONE = new Rule(Law.FIRST_EVENT, 1, 0);

        /** Whether events may be sent together, or wait for each other. */
        public boolean gathers() {
            return size > 1 || law == Law.PENDING;
        }
    }

    private final Rule rule;
    private final long phaseNanos;
    private int waiting;
    private int underWay;

    /** When the oldest of those that wait came; when they became as many as are sent. */
    private long firstNanos;

    private long fullNanos;
    private long sentNanos;
    private boolean everSent;
    private long answeredNanos = Long.MIN_VALUE;

    /** @param phaseNanos when a window ends; others end a multiple of the wait before and after it */
    public BatchPlan(Rule rule, long phaseNanos) {
        this.rule = rule;
        this.phaseNanos = phaseNanos;
    }

    /** An event waits from now on; times must not fall. */
    public void added(long atNanos) {
        if (waiting++ == 0) {
            firstNanos = atNanos;
        }
        if (waiting == rule.size()) {
            fullNanos = atNanos;
        }
    }

    /** When what waits should be sent: perhaps in the past, and {@link #NEVER} when nothing will change that by itself. */
    public long dueNanos() {
        if (waiting == 0) {
            return NEVER;
        }
        if (rule.law() == Law.PENDING) {
            return underWay > 0 ? NEVER : Math.max(firstNanos, answeredNanos);
        }
        if (waiting >= rule.size()) {
            return fullNanos;
        }
        return switch (rule.law()) {
            case FIRST_EVENT -> firstNanos + rule.waitNanos();
            case LAST_DISPATCH -> everSent ? Math.max(firstNanos, sentNanos + rule.waitNanos()) : firstNanos;
            case WINDOW -> phaseNanos - Math.floorDiv(phaseNanos - firstNanos, rule.waitNanos()) * rule.waitNanos();
            case PENDING -> throw new IllegalStateException("handled above");
        };
    }

    /** What waits is sent now. Returns how many: at most a batch, the oldest. */
    public int sent(long atNanos) {
        int taken = Math.min(waiting, rule.size());
        waiting -= taken;
        firstNanos = atNanos;
        fullNanos = atNanos;
        sentNanos = atNanos;
        everSent = true;
        underWay++;
        return taken;
    }

    /** A batch was answered, or nobody answered in time. */
    public void answered(long atNanos) {
        underWay--;
        answeredNanos = atNanos;
    }
}
