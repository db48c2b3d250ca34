package dev.pushpull.theory;

/**
 * Reads that notices start, under Poisson events (docs/theory.md section 15). A read is due a debounce after the first
 * notice, and brings everything that its log shows by then; notices that come while a read is planned or on its way
 * start none. No read waits for the answer to the one before. All times in seconds; delays are up to the look at the
 * log, without the way back.
 *
 * @param rate λ, events a second
 * @param leg a: from an event to the look of a read that follows at once: the notice's leg, and the request's
 * @param debounce b: how much later the read begins
 * @param lag ℓ: how long after an event the log shows it
 */
public record NotifiedReads(double rate, double leg, double debounce, double lag) {
    /**
     * What reads bring.
     *
     * @param readsPerEvent of all events
     * @param emptyShare of the reads that find nothing
     * @param lost share of the events that no read brings
     * @param meanDelay of the events that are brought; NaN without any
     */
    public record Course(double readsPerEvent, double emptyShare, double lost, double meanDelay) {}

    private static final Course UNKNOWN = new Course(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** K: from the event that starts a read to its look. */
    public double delay() {
        return leg + debounce;
    }

    /** Events are told of at least so long before they are shown; 0 when no read can miss what it was told of. */
    private double missable() {
        return Math.max(0, lag - leg);
    }

    /** Whether every read brings what it was told of. */
    public boolean alwaysVisible() {
        return lag <= leg;
    }

    /** Where every read brings what it was told of: it brings all events of K - ℓ. */
    public Course visible() {
        double window = delay() - lag;
        double events = 1 + rate * window;
        return new Course(1 / events, 0, 0, (delay() + rate * window * (delay() + lag) / 2) / events);
    }

    /** The p-quantile of those delays. */
    public double visibleQuantile(double p) {
        double events = 1 + rate * (delay() - lag);
        return Math.min(delay(), lag + p * events / rate);
    }

    /**
     * A read that does not bring all is made again, until one does.
     *
     * @param again β: from one look to the next; unknown when shorter than what a read can miss
     */
    public Course again(double again) {
        if (alwaysVisible()) {
            return visible();
        }
        double missable = missable();
        if (again < missable) {
            return UNKNOWN;
        }
        double caughtUp = Math.exp(-rate * missable);
        double early = rate * debounce;
        // events between one look and the next; those of the last ℓ - a must wait for another
        double later = rate * again;
        double laterDelays = rate * (leg * again + again * again / 2 + again * missable);
        boolean atFirst = lag <= delay();
        double looks = (atFirst ? 1 - caughtUp : 1) / caughtUp;
        double events = 1 + early + later * looks;
        double delays = atFirst
                ? delay() + rate * (delay() * debounce - debounce * debounce / 2 + again * missable)
                : delay() + again + rate * ((delay() + again) * debounce - debounce * debounce / 2);
        double empty = atFirst ? 0 : 1;
        return new Course((1 + looks) / events, empty / (1 + looks), 0, (delays + looks * laterDelays) / events);
    }

    /** What a read does not bring waits for the next notice; known without a debounce. */
    public Course nextNotice() {
        if (alwaysVisible()) {
            return visible();
        }
        double missable = missable();
        return debounce > 0 ? UNKNOWN : new Course(1, -Math.expm1(-2 * rate * missable) / 2, 0, lag + 1 / rate);
    }

    /** What a read does not bring is skipped. */
    public Course skipped() {
        if (alwaysVisible()) {
            return visible();
        }
        double events = 1 + rate * debounce;
        if (lag > delay()) {
            return new Course(1 / events, 1, 1, Double.NaN);
        }
        double window = delay() - lag;
        double brought = 1 + rate * window;
        return new Course(
                1 / events, 0, 1 - brought / events, (delay() + rate * window * (delay() + lag) / 2) / brought);
    }
}
