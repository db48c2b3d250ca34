package dev.pushpull.theory;

import java.util.Arrays;

/**
 * Poisson events whose rate is constant for a while, then another, and all again (docs/theory.md section 2, with the rate
 * integrated over). Times in seconds, rates in events a second.
 */
public final class PiecewiseRate {
    private final double[] rates;
    private final double length;
    private final double start;
    private final double[] before;

    /**
     * @param rates of the parts of a period
     * @param length of each part
     * @param start where in the period the time begins
     */
    public PiecewiseRate(double[] rates, double length, double start) {
        this.rates = rates.clone();
        this.length = length;
        this.start = start;
        this.before = new double[rates.length + 1];
        for (int part = 0; part < rates.length; part++) {
            before[part + 1] = before[part] + rates[part] * length;
        }
    }

    private double period() {
        return rates.length * length;
    }

    /** The expected number of events from the beginning of a period until a time, which may be negative. */
    private double until(double time) {
        double periods = Math.floor(time / period());
        double rest = time - periods * period();
        int part = Math.min(rates.length - 1, (int) (rest / length));
        return periods * before[rates.length] + before[part] + rates[part] * (rest - part * length);
    }

    /**
     * The probability that no event is in a window of this length, averaged over all windows that end within a run. The
     * expected number is linear between the moments at which either end enters another part, so that the integral of its
     * exponential is known. Before the run it is taken to be as in other periods.
     */
    public double empty(double window, double run) {
        double whole = Math.floor(run / period());
        double rest = run - whole * period();
        double integral = (whole == 0 ? 0 : whole * integral(window, period())) + integral(window, rest);
        return integral / run;
    }

    private double integral(double window, double run) {
        double[] ends = new double[2 * (int) Math.ceil(run / length + 2) + 2];
        int count = 0;
        ends[count++] = 0;
        ends[count++] = run;
        for (double shift : new double[] {start, start - window}) {
            double first = Math.ceil(shift / length) * length - shift;
            for (int part = 0; first + part * length < run; part++) {
                ends[count++] = first + part * length;
            }
        }
        double[] sorted = Arrays.copyOf(ends, count);
        Arrays.sort(sorted);
        double sum = 0;
        for (int i = 1; i < sorted.length; i++) {
            double from = expected(sorted[i - 1], window);
            double to = expected(sorted[i], window);
            double mean = Math.abs(to - from) < 1e-9
                    ? Math.exp(-(from + to) / 2)
                    : Math.exp(-from) * -Math.expm1(from - to) / (to - from);
            sum += (sorted[i] - sorted[i - 1]) * mean;
        }
        return sum;
    }

    private double expected(double end, double window) {
        return until(start + end) - until(start + end - window);
    }

    /** The highest rate. */
    public double most() {
        return Arrays.stream(rates).max().orElseThrow();
    }
}
