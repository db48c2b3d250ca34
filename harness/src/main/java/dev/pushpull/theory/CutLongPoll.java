package dev.pushpull.theory;

/**
 * Long polling under Poisson arrivals where the gap after an empty request differs from that after an answer, because it
 * was cut off by what stands between (docs/theory.md section 14). With no gap after an answer it is a stream that ends
 * by silence.
 *
 * @param rate events a second
 * @param longest H: longest time in seconds a request is held
 * @param gap seconds from an answer that brings something until the provider looks again
 * @param gapAfterEmpty the same after a request that is cut off, no shorter
 */
public record CutLongPoll(double rate, double longest, double gap, double gapAfterEmpty) {
    /** Share of requests that end without an event: p1/(1 - p2 + p1), p = e^(-λ(g+H)) for either gap. */
    public double wasted() {
        double first = Math.exp(-rate * (gap + longest));
        return first / (1 - Math.exp(-rate * (gapAfterEmpty + longest)) + first);
    }

    /** Mean seconds from one request to the next. */
    public double meanCycle() {
        return meanGap() + held();
    }

    private double meanGap() {
        return mean(gap, gapAfterEmpty);
    }

    private double mean(double afterAnswer, double afterEmpty) {
        return (1 - wasted()) * afterAnswer + wasted() * afterEmpty;
    }

    /** Mean seconds a request is held. */
    private double held() {
        return mean(Math.exp(-rate * gap), Math.exp(-rate * gapAfterEmpty)) * -Math.expm1(-rate * longest) / rate;
    }

    public double requestsPerEvent() {
        return 1 / (rate * meanCycle());
    }

    /** Mean wait in seconds, without the response leg: E[g^2]/(2E[C]). */
    public double meanWait() {
        return mean(gap * gap, gapAfterEmpty * gapAfterEmpty) / (2 * meanCycle());
    }

    /** The wait in seconds that a share {@code p} of events does not exceed, without the response leg. */
    public double waitQuantile(double p) {
        double rest = (1 - p) * meanCycle();
        double beyondTheFirst = gapAfterEmpty - rest / wasted();
        return beyondTheFirst >= gap ? beyondTheFirst : Math.max(0, meanGap() - rest);
    }

    /** Share of time in which a consumer's request is held. */
    public double occupancy() {
        return held() / meanCycle();
    }
}
