package dev.pushpull.theory;

/**
 * A connection that is held open as an alternating renewal process (docs/theory.md section 14): it lives for U, then
 * none is there for D, as the provider sees it; C = U + D. Lives and gaps do not depend on the events.
 *
 * @param meanUp E[U], seconds
 * @param meanDown E[D], seconds
 * @param meanDownSquared E[D^2]
 */
public record StreamCycle(double meanUp, double meanDown, double meanDownSquared) {
    /** So many silences that would end a connection are expected in its lifetime that one surely comes: all but e^-20. */
    private static final double SURELY_SILENT = 20;

    private static final double SMALLEST_PART = 1e-16;

    /** Gaps that are all alike. */
    public static StreamCycle constantGap(double meanUp, double down) {
        return new StreamCycle(meanUp, down, down * down);
    }

    /**
     * No gaps: each connection is followed by the next one so long before its end. E[D] is negative then, as long as
     * the overlap, and the share in which a connection is there counts that time twice.
     */
    public static StreamCycle overlapping(double meanUp, double overlap) {
        return new StreamCycle(meanUp, -overlap, 0);
    }

    /** Gaps that are uniform between a shortest one and one that is so much longer. */
    public static StreamCycle uniformGap(double meanUp, double shortest, double width) {
        double down = shortest + width / 2;
        return new StreamCycle(meanUp, down, down * down + width * width / 12);
    }

    /** Gaps of a constant part and an exponential one. */
    public static StreamCycle exponentialGap(double meanUp, double constant, double mean) {
        double down = constant + mean;
        return new StreamCycle(meanUp, down, down * down + mean * mean);
    }

    /**
     * The mean life of a connection that ends as soon as nothing passes for so long: (e^(λτ) - 1)/λ, Poisson events.
     *
     * @param silence τ, seconds
     */
    public static double lifeUntilSilence(double rate, double silence) {
        return Math.expm1(rate * silence) / rate;
    }

    /**
     * The same where the silence that ends it is up to so much longer for each connection, evenly: the mean of (e^(λx) -
     * 1)/λ for x from τ to τ + J.
     *
     * @param jitter J, seconds
     */
    public static double lifeUntilSilence(double rate, double silence, double jitter) {
        return jitter == 0
                ? lifeUntilSilence(rate, silence)
                : (Math.exp(rate * silence) * Math.expm1(rate * jitter) / (rate * jitter) - 1) / rate;
    }

    /**
     * The mean life of a connection that ends after a lifetime, or as soon as nothing passes for so long, whichever comes
     * first; Poisson events. The chance to live for longer than t is s(t) = 1 - a - λ a times the integral of s up to
     * t - τ, where a = e^(-λτ) and s = 1 below τ. Solved step by step, its integral up to the lifetime L is
     *
     * <p>L + the sum over k >= 1, kτ < L, of (-a)^k ((λ(L-kτ))^(k+1)/(k+1)! + (λ(L-kτ))^k/k!)/λ
     *
     * @param silence τ, seconds
     * @param lifetime L, seconds
     */
    public static double lifeUntilSilenceWithin(double rate, double silence, double lifetime) {
        double chance = Math.exp(-rate * silence);
        double untilSilence = lifeUntilSilence(rate, silence);
        if (rate * chance * lifetime > SURELY_SILENT) { // the terms would cancel each other
            return untilSilence;
        }
        double sum = lifetime;
        for (int k = 1; k * silence < lifetime; k++) {
            double left = rate * (lifetime - k * silence);
            double term = 1 / rate; // a^k left^k / k! / rate, without ever leaving the range of numbers
            for (int factor = 1; factor <= k; factor++) {
                term *= chance * left / factor;
            }
            double both = term * (left / (k + 1) + 1);
            sum += k % 2 == 0 ? both : -both;
            if (both < SMALLEST_PART * sum && k > chance * left) {
                break;
            }
        }
        return Math.min(sum, untilSilence);
    }

    /** E[C]. */
    public double meanCycle() {
        return meanUp + meanDown;
    }

    /** φ: share of the time, and of the events, without a connection. */
    public double shareDown() {
        return meanDown / meanCycle();
    }

    /** Share of the time in which the connection is there. */
    public double shareUp() {
        return meanUp / meanCycle();
    }

    /** Mean wait of an event when everything is replayed: E[D^2]/(2E[C]). */
    public double meanWait() {
        return meanDownSquared / (2 * meanCycle());
    }

    /** The wait that a share {@code p} of the events does not exceed, with constant gaps: D (1 - (1-p)/φ), else 0. */
    public double waitQuantile(double p) {
        return shareDown() > 1 - p ? meanDown * (1 - (1 - p) / shareDown()) : 0;
    }

    /** Connections an event: 1/(λE[C]). */
    public double perEvent(double rate) {
        return 1 / (rate * meanCycle());
    }

    /** Share of the events lost when the newest {@code kept} are replayed: E[(N-B)+]/(λE[C]), constant gaps. */
    public double lostBeyond(double rate, int kept) {
        return meanDown == 0 ? 0 : kept == 0 ? shareDown() : Retention.lost(rate * meanDown, kept) * perEvent(rate);
    }

    /** The same with exponential gaps: N is geometric, E[(N-B)+] = r^B λE[D], r = λE[D]/(1 + λE[D]). */
    public double lostBeyondExponential(double rate, int kept) {
        double mean = rate * meanDown;
        return Math.pow(mean / (1 + mean), kept) * shareDown();
    }

    /** Share of the events lost when those of the last {@code window} seconds are replayed: (D-ω)+/E[C], constant gaps. */
    public double lostOlderThan(double window) {
        return Math.max(0, meanDown - window) / meanCycle();
    }

    /**
     * The same with gaps of a constant part c and an exponential one: E[(D-ω)+]/E[C].
     *
     * @param constant c, seconds
     */
    public double lostOlderThanExponential(double window, double constant) {
        double mean = meanDown - constant;
        double beyond = window < constant ? meanDown - window : mean * Math.exp(-(window - constant) / mean);
        return beyond / meanCycle();
    }

    /**
     * The same with gaps that are uniform over a width J around their mean: E[(D-ω)+]/E[C].
     *
     * @param width J, seconds, above 0
     */
    public double lostOlderThanUniform(double window, double width) {
        double shortest = meanDown - width / 2;
        double longest = meanDown + width / 2;
        double beyond = window <= shortest
                ? meanDown - window
                : window >= longest ? 0 : (longest - window) * (longest - window) / (2 * width);
        return beyond / meanCycle();
    }

    /** The mean wait of what is not lost then: the last min(D, ω) of each gap. */
    public double meanWaitWithin(double window) {
        double replayed = Math.min(meanDown, window);
        return replayed * replayed / 2 / (meanUp + replayed);
    }

    /** Heartbeats an event that always come: 1/(λh). */
    public static double heartbeats(double rate, double every) {
        return 1 / (rate * every);
    }

    /** Heartbeats an event that come only after so long a silence: 1/(e^(λh) - 1), Poisson events. */
    public static double heartbeatsWhenIdle(double rate, double every) {
        return 1 / Math.expm1(rate * every);
    }

    /**
     * Mean age of the newest byte with heartbeats that always come: 1/λ - (1 - e^(-λh))/(λ^2 h). A connection that died
     * in silence is noticed so much sooner than the read timeout.
     */
    public static double ageOfNewestByte(double rate, double every) {
        return 1 / rate + Math.expm1(-rate * every) / (rate * rate * every);
    }

    /** The same with heartbeats only when idle: E[G^2]/(2E[G]), G the smaller of an exponential gap and h. */
    public static double ageOfNewestByteWhenIdle(double rate, double every) {
        double mean = -Math.expm1(-rate * every) / rate;
        double squared = 2 * (1 - Math.exp(-rate * every) * (1 + rate * every)) / (rate * rate);
        return squared / (2 * mean);
    }

    /** E[min(X, a)], X an exponential gap: mean age of the newest byte when the last heartbeat came a ago. */
    public static double ageSince(double rate, double heartbeat) {
        return -Math.expm1(-rate * heartbeat) / rate;
    }

    /** E[min(X, a)^2] = 2 (1 - e^(-λa) (1 + λa))/λ^2. */
    public static double ageSquaredSince(double rate, double heartbeat) {
        return 2 * (1 - Math.exp(-rate * heartbeat) * (1 + rate * heartbeat)) / (rate * rate);
    }

    /** E[A^2] with heartbeats that always come, the mean of the above for a from 0 to h. */
    public static double ageSquaredOfNewestByte(double rate, double every) {
        double x = rate * every;
        return 2 / (rate * rate) * (1 - (2 - (2 + x) * Math.exp(-x)) / x);
    }

    /**
     * Mean heartbeats within a life, the first after one interval: the mean of ceil(u/h) - 1 for u from U to U + J.
     *
     * @param life U, seconds
     * @param jitter J, seconds, above 0
     */
    public static double heartbeatsWithin(double life, double jitter, double every) {
        return (sumOfHeartbeats(life + jitter, every) - sumOfHeartbeats(life, every)) / jitter;
    }

    /** The integral of ceil(u/h) - 1 up to x. */
    private static double sumOfHeartbeats(double x, double every) {
        double whole = Math.floor(x / every);
        return every * whole * (whole - 1) / 2 + (x - whole * every) * whole;
    }

    /**
     * Mean wait when many clients return at once: J/2 if N/J is at most c, else N/(2c).
     *
     * @param clients N
     * @param jitter J, seconds over which they spread their return
     * @param perSecond c, connections accepted a second
     */
    public static double meanWaitOfStorm(double clients, double jitter, double perSecond) {
        return Math.max(jitter, clients / perSecond) / 2;
    }
}
