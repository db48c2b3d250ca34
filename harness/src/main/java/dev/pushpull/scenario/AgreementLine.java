package dev.pushpull.scenario;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure with all three answers. The verdict is an equivalence test with a tolerance fixed beforehand. The measured
 * figure is compared with a simulation of the very same events, so that chance in the events cancels out and only that
 * of the phases remains.
 *
 * @param metric a column of {@link Metrics}
 * @param measured empty when there were too few samples; then the ends of its interval are empty too
 * @param simulated mean over replicates with fresh phases
 * @param predicted closed form; empty where none is known
 * @param tolerance half the width of the accepted range, in the unit of the metric
 */
public record AgreementLine(
        String mode,
        String metric,
        OptionalDouble measured,
        OptionalDouble ciLow,
        OptionalDouble ciHigh,
        double simulated,
        OptionalDouble predicted,
        double tolerance,
        Verdict verdict) {
    /** The result of the test. */
    public enum Verdict {
        /** The whole interval lies within the tolerance. */
        AGREES,
        /** The whole interval lies outside. */
        DISAGREES,
        /** Neither. */
        TOO_FEW_EVENTS;

        /** Its name in {@code agreement.csv}. */
        public String words() {
            return name().replace('_', ' ');
        }
    }

    /** The 97.5 % quantile of Student's t with 199 degrees of freedom: the deviation comes from 200 replicates. */
    private static final double T = 1.972;

    /**
     * @param measured empty when there is none
     * @param standardDeviation of the figure over replicates
     */
    public static AgreementLine judged(
            String mode,
            String metric,
            OptionalDouble measured,
            double simulated,
            double standardDeviation,
            OptionalDouble predicted,
            double tolerance) {
        return judged(mode, metric, measured, simulated, standardDeviation, predicted, tolerance, Optional.empty());
    }

    /**
     * @param own the interval of what was measured, taken where it is wider than that of the replicates: a machine has
     *     stops that a simulation knows nothing of
     */
    public static AgreementLine judged(
            String mode,
            String metric,
            OptionalDouble measured,
            double simulated,
            double standardDeviation,
            OptionalDouble predicted,
            double tolerance,
            Optional<Estimate> own) {
        if (measured.isEmpty()) {
            return new AgreementLine(
                    mode,
                    metric,
                    measured,
                    measured,
                    measured,
                    simulated,
                    predicted,
                    tolerance,
                    Verdict.TOO_FEW_EVENTS);
        }
        double least = measured.getAsDouble() - T * standardDeviation;
        double most = measured.getAsDouble() + T * standardDeviation;
        double low = own.map(interval -> Math.min(least, interval.low())).orElse(least);
        double high = own.map(interval -> Math.max(most, interval.high())).orElse(most);
        boolean within = low >= simulated - tolerance && high <= simulated + tolerance;
        boolean outside = high < simulated - tolerance || low > simulated + tolerance;
        Verdict verdict = within ? Verdict.AGREES : outside ? Verdict.DISAGREES : Verdict.TOO_FEW_EVENTS;
        return new AgreementLine(
                mode,
                metric,
                measured,
                OptionalDouble.of(low),
                OptionalDouble.of(high),
                simulated,
                predicted,
                tolerance,
                verdict);
    }

    /** The same where too little is known of what was simulated to judge by it. */
    public AgreementLine undecided() {
        return new AgreementLine(
                mode, metric, measured, ciLow, ciHigh, simulated, predicted, tolerance, Verdict.TOO_FEW_EVENTS);
    }
}
