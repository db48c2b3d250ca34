package dev.pushpull.theory;

/**
 * Long polling under Poisson arrivals (docs/theory.md section 5).
 *
 * @param rate events a second
 * @param longest H: longest time in seconds a request is held
 * @param gap g: seconds from an answer until the provider looks again; nobody waits there meanwhile
 */
public record LongPoll(double rate, double longest, double gap) {
    /** Share of requests that end without an event. */
    public double wasted() {
        return Math.exp(-rate * (gap + longest));
    }

    /** Mean seconds from one request to the next. */
    public double meanCycle() {
        return gap + held();
    }

    /** Mean seconds a request is held: e^(-λg) (1 - e^(-λH)) / λ. */
    private double held() {
        return Math.exp(-rate * gap) * -Math.expm1(-rate * longest) / rate;
    }

    public double requestsPerEvent() {
        return 1 / (rate * meanCycle());
    }

    /** φ: share of events that fall into the gap, when nobody waits for them. */
    public double shareInGap() {
        return gap / meanCycle();
    }

    /** Mean wait in seconds, without the response leg. */
    public double meanWait() {
        return shareInGap() * gap / 2;
    }

    /** The wait in seconds that a share {@code p} of events does not exceed, without the response leg. */
    public double waitQuantile(double p) {
        double inGap = shareInGap();
        return inGap > 1 - p ? gap * (1 - (1 - p) / inGap) : 0;
    }

    /** Share of time in which a consumer's request is held. */
    public double occupancy() {
        return held() / meanCycle();
    }
}
