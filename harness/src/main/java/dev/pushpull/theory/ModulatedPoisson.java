package dev.pushpull.theory;

/**
 * A Poisson process whose rate switches between two values, MMPP2; with {@code secondRate} 0 an interrupted Poisson
 * process (docs/theory.md section 2).
 *
 * @param firstRate events a second in the first phase
 * @param secondRate events a second in the second phase
 * @param leaveFirst alpha: 1 / mean seconds in the first phase, above 0
 * @param leaveSecond beta: 1 / mean seconds in the second phase, above 0
 */
public record ModulatedPoisson(double firstRate, double secondRate, double leaveFirst, double leaveSecond) {
    /** Mean events a second. */
    public double rate() {
        return (leaveSecond * firstRate + leaveFirst * secondRate) / (leaveFirst + leaveSecond);
    }

    /** The probability that nothing occurs in a window of so many seconds: C e^(s1 T) + (1-C) e^(s2 T). */
    public double empty(double seconds) {
        double b = leaveFirst + leaveSecond + firstRate + secondRate;
        double d = firstRate * secondRate + leaveFirst * secondRate + leaveSecond * firstRate;
        double s2 = (-b - Math.sqrt(b * b - 4 * d)) / 2;
        double s1 = d / s2; // not (-b + root) / 2, which cancels when phases are long
        double c = (-rate() - s2) / (s1 - s2);
        return c * Math.exp(s1 * seconds) + (1 - c) * Math.exp(s2 * seconds);
    }

    /**
     * Mean time back from a random moment to the last event, E[X^2] / (2 E[X]), for an interrupted process, which is a
     * renewal process.
     *
     * @throws IllegalStateException when the second phase is not silent
     */
    public double meanSecondsSinceLast() {
        if (secondRate != 0) {
            throw new IllegalStateException("gaps are independent only when the second phase is silent");
        }
        double leave = firstRate + leaveFirst;
        double interrupted = leaveFirst / leave;
        double mean = 1 / rate();
        double silence = 1 / leaveSecond;
        double square = (2 / (leave * leave)
                        + 2 / leave * interrupted * (silence + mean)
                        + interrupted * (2 * silence * silence + 2 * mean * silence))
                / (1 - interrupted);
        return square / (2 * mean);
    }

    /**
     * An upper bound for the probability that a window holds at least this many events, whatever phase it begins in:
     * Chernoff's, the smallest of {@code z^-n E[z^N]} over a ladder of z.
     */
    public double atLeast(long events, double seconds) {
        double least = 1;
        for (double logZ = 0.01; logZ < 5; logZ *= 1.1) {
            double more = Math.expm1(logZ);
            Matrix2 generating = new Matrix2(
                    -leaveFirst + firstRate * more, leaveFirst, leaveSecond, -leaveSecond + secondRate * more);
            double bound = Math.exp(generating.logOfLargestRowSum(seconds) - logZ * events);
            least = Math.min(least, bound);
        }
        return least;
    }

    /** Q: how the phase changes. */
    Matrix2 phases() {
        return new Matrix2(-leaveFirst, leaveFirst, leaveSecond, -leaveSecond);
    }

    /** Q - Lambda: how the phase changes while nothing occurs. */
    Matrix2 phasesWithoutEvent() {
        return new Matrix2(-leaveFirst - firstRate, leaveFirst, leaveSecond, -leaveSecond - secondRate);
    }
}
