package dev.pushpull.theory;

import java.util.function.DoubleUnaryOperator;

/** The age of what a consumer knows, Poisson arrivals (docs/theory.md section 7). Times in seconds. */
public final class Freshness {
    private Freshness() {}

    /** Probability that a polled copy is current: e^(-λv) (1 - e^(-λT)) / (λT). */
    public static double polled(double rate, double interval, double leg) {
        return Math.exp(-rate * leg) * -Math.expm1(-rate * interval) / (rate * interval);
    }

    /** Probability that a pushed copy is current, for any law of the delay (M/G/infinity): e^(-λ E[d]). */
    public static double pushed(double rate, double meanDelay) {
        return Math.exp(-rate * meanDelay);
    }

    /** Mean time since a polled copy became outdated, 0 while it is current (Cho and Garcia-Molina's age). */
    public static double polledAge(double rate, double interval, double leg) {
        return leg + interval / 2 - 1 / rate + polled(rate, interval, leg) / rate;
    }

    /** The same for a pushed copy, constant delay. */
    public static double pushedAge(double rate, double delay) {
        return delay + Math.expm1(-rate * delay) / rate;
    }

    /**
     * Mean age of the newest event held when events are pushed with independent random delays: the integral of e^(-λ
     * D(x)) from 0 to infinity, where D is the integral of the delay's distribution function.
     *
     * @param integratedDistribution D
     */
    public static double pushedInformationAge(double rate, DoubleUnaryOperator integratedDistribution) {
        double step = 1e-3 / rate;
        double sum = 0;
        double before = 1;
        for (long i = 0; before > 1e-17; i++) { // Simpson, panel by panel
            double middle = Math.exp(-rate * integratedDistribution.applyAsDouble((i + 0.5) * step));
            double after = Math.exp(-rate * integratedDistribution.applyAsDouble((i + 1) * step));
            sum += (before + 4 * middle + after) * step / 6;
            before = after;
        }
        return sum;
    }
}
