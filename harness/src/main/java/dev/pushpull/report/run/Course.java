package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SteadinessVerdict;
import dev.pushpull.scenario.SteadinessVerdict.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The latencies of a mode over the measured time.
 *
 * @param verdict whether they were steady
 * @param ratio the last third against the first, with its interval; may be empty
 * @param x seconds from the start, where each slice begins, and where the last one ends
 * @param medians milliseconds, one for each slice; null for a slice without events
 * @param counts deliveries in each slice
 */
record Course(
        String name,
        int colour,
        String verdict,
        String ratio,
        List<Double> x,
        List<Double> medians,
        List<Long> counts) {
    private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final int MOST_BARS = 24;

    /** One for each mode for which it is known. */
    static List<Course> of(RunRecord run) {
        return run.outcomes().stream()
                .filter(Course::isKnown)
                .map(outcome -> of(run, outcome))
                .toList();
    }

    /** A course that two hosts' clocks do not tell closely enough throughout is none. */
    private static boolean isKnown(Outcome outcome) {
        SteadinessVerdict steadiness = outcome.conditions().steadiness();
        return steadiness.level() != SteadinessVerdict.Level.UNKNOWN
                && steadiness.slices().stream()
                        .flatMap(slice -> slice.medianMillis().stream().boxed())
                        .allMatch(outcome.conditions().clock()::measures);
    }

    private static Course of(RunRecord run, Outcome outcome) {
        SteadinessVerdict steadiness = outcome.conditions().steadiness();
        List<Slice> slices = steadiness.slices();
        List<Double> x =
                slices.stream().map(slice -> seconds(slice.fromNanos())).collect(Collectors.toList());
        if (!slices.isEmpty()) {
            x.add(seconds(slices.get(slices.size() - 1).untilNanos()));
        }
        return new Course(
                Modes.title(run, outcome),
                Modes.colour(run, outcome),
                steadiness.level().words(),
                ratio(steadiness),
                x,
                slices.stream()
                        .map(Slice::medianMillis)
                        .map(median -> median.isPresent() ? Decimals.drawn(median.getAsDouble()) : null)
                        .collect(Collectors.toList()),
                slices.stream().map(Slice::count).toList());
    }

    private static double seconds(long nanos) {
        return Decimals.drawn(nanos / 1e9);
    }

    private static String ratio(SteadinessVerdict steadiness) {
        OptionalDouble low = steadiness.low();
        OptionalDouble high = steadiness.high();
        String ratio = steadiness.ratio().isPresent()
                ? Decimals.significant(steadiness.ratio().getAsDouble())
                : "";
        return low.isPresent() && high.isPresent()
                ? ratio + " (" + Decimals.significant(low.getAsDouble()) + " to "
                        + Decimals.significant(high.getAsDouble()) + ")"
                : ratio;
    }

    /** Medians as bars that begin at zero, so that small differences look small. */
    String bars() {
        double most = medians.stream()
                .filter(median -> median != null)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        int together = Math.max(1, (medians.size() + MOST_BARS - 1) / MOST_BARS);
        StringBuilder bars = new StringBuilder();
        for (int from = 0; from < medians.size(); from += together) {
            OptionalDouble mean = medians.subList(from, Math.min(from + together, medians.size())).stream()
                    .filter(median -> median != null)
                    .mapToDouble(Double::doubleValue)
                    .average();
            bars.append(
                    mean.isEmpty()
                            ? ' '
                            : BARS.charAt(
                                    (int) Math.min(BARS.length() - 1, mean.getAsDouble() / most * BARS.length())));
        }
        return bars.toString();
    }

    /** The verdict as text, with the figure behind it. */
    String sentence() {
        return name + ": " + verdict
                + (ratio.isEmpty() ? "" : ", the last third is " + ratio + " times as late as the first");
    }

    /** {@code Over the measured time delays were steady for polling; delays fell for webhook}; empty where unknown. */
    static String finding(RunRecord run) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        run.outcomes().stream()
                .filter(Course::isKnown)
                .sorted(Comparator.comparing(
                        outcome -> outcome.conditions().steadiness().level()))
                .forEach(outcome -> names.computeIfAbsent(
                                changed(outcome.conditions().steadiness()), words -> new ArrayList<>())
                        .add(Modes.title(run, outcome)));
        return names.isEmpty()
                ? ""
                : names.entrySet().stream()
                        .map(entry -> entry.getKey() + " for " + Sentences.listed(entry.getValue()))
                        .collect(Collectors.joining("; ", "Over the measured time ", ""));
    }

    private static String changed(SteadinessVerdict steadiness) {
        return switch (steadiness.level()) {
            case UNKNOWN, TOO_FEW_EVENTS -> "there were too few events to tell";
            case STEADY -> "delays were steady";
            case STILL_WARMING -> "delays fell";
            case DRIFTING ->
                steadiness.ratio().orElseThrow() > 1 ? "delays rose" : "delays fell, as bare round trips did";
        };
    }
}
