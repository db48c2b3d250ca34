package dev.pushpull.report.claims;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.DotChart.Referred;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Which figures of a claim stand on one scale, and how that is read.
 *
 * @param prefix of their names
 * @param axis what they measure
 * @param rest what a figure is called after that prefix, from what is left of its name in words
 * @param number a figure as text, in the unit of the chart
 * @param reference the value against which they are measured
 */
record ClaimScale(
        String prefix,
        String axis,
        UnaryOperator<String> rest,
        DoubleFunction<String> number,
        Optional<Referred> reference) {
    private static final String AT_LOAD = "_at_load_";
    private static final Optional<Referred> NONE = Optional.empty();
    private static final Optional<Referred> TENTH_OF_A_SECOND = Optional.of(new Referred(100, "a tenth of a second"));

    /** Empty for a claim without a chart. */
    static Optional<ClaimScale> of(Claim claim) {
        UnaryOperator<String> load = rest -> rest + " events per interval";
        UnaryOperator<String> same = rest -> rest;
        DoubleFunction<String> millis = Decimals::milliseconds;
        DoubleFunction<String> percent = Decimals::percent;
        DoubleFunction<String> number = Decimals::significant;
        return switch (claim) {
            case EFFORT -> scale("requests_per_delivery" + AT_LOAD, "Requests per delivered event", load, number, NONE);
            case REAL_TIME ->
                scale("latency_mean_at_interval_", "Mean delay", rest -> "polled every " + rest, millis, NONE);
            case EFFICIENCY ->
                scale(
                        "wasted_ratio" + AT_LOAD,
                        "Share of empty polls",
                        load,
                        percent,
                        Optional.of(new Referred(0.5, "half of the polls")));
            case SIGNATURES ->
                scale("verify_p50_", "Median time to verify a signature", same, us -> millis.apply(us / 1e3), NONE);
            case IDEMPOTENCY -> scale("processed_twice_", "Events processed twice", same, number, NONE);
            case TIMEOUTS ->
                scale("timeouts_work_", "Share of attempts that time out", rest -> "work " + rest, percent, NONE);
            case INSTANT_UPDATES -> scale("latency_p90_", "p90 of the delay", same, millis, TENTH_OF_A_SECOND);
            case BANDWIDTH_EFFICIENCY ->
                scale(
                        "bytes_per_delivery" + AT_LOAD,
                        "Bytes per delivered event",
                        load,
                        bytes -> Decimals.significant(bytes) + " B",
                        NONE);
            case SCALABILITY ->
                scale(
                        "requests_per_s_",
                        "Requests a second of one consumer",
                        same,
                        perSecond -> Decimals.significant(perSecond) + "/s",
                        NONE);
            case PUBLIC_EXPOSURE -> scale("genuine_p", "Delay of genuine webhooks", rest -> "p" + rest, millis, NONE);
            case DELIVERY_FAILURES -> scale("missed_", "Share of missed events", same, percent, NONE);
            case STREAMS -> scale("mean_", "Mean delay", same, millis, NONE);
            case THIN_WEBHOOKS -> scale("lost_", "Share of lost events", same, percent, NONE);
            case BAD_ENDPOINT -> scale("p99_beside_bad_", "p99 beside bad peers", same, millis, TENTH_OF_A_SECOND);
            case INFRASTRUCTURE, DEBUGGING -> Optional.empty();
        };
    }

    private static Optional<ClaimScale> scale(
            String prefix,
            String axis,
            UnaryOperator<String> rest,
            DoubleFunction<String> number,
            Optional<Referred> reference) {
        return Optional.of(new ClaimScale(prefix, axis, rest, number, reference));
    }

    /** The figures on this scale that were measured. */
    List<Figure> figures(ClaimFinding finding) {
        return finding.figures().stream()
                .filter(figure -> figure.metric().startsWith(prefix))
                .filter(Figure::measured)
                .toList();
    }

    /** What distinguishes a figure from the others. */
    String label(Figure figure) {
        return rest.apply(ClaimFinding.words(figure.metric().substring(prefix.length())));
    }

    /** A value of a figure on this scale: a count of so many, {@code of 153}, becomes a share. */
    double drawn(Figure figure, double value) {
        return figure.unit().matches("of \\d+")
                ? value / Long.parseLong(figure.unit().substring(3))
                : value;
    }

    /** A value on this scale, as text. */
    String text(double value) {
        return number.apply(value);
    }
}
