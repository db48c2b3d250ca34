package dev.pushpull.report.shared;

import dev.pushpull.scenario.ClockBound;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line in the percentile spectrum: latency over 1/(1-p).
 *
 * @param kind measured, expected or noise
 * @param colour one of the page's mode colours; unused for noise
 * @param x 1/(1-p)
 * @param y milliseconds
 */
public record SpectrumCurve(String name, String kind, int colour, List<Double> x, List<Double> y) {
    private static final int POINTS_A_DECADE = 60;

    /** The curves of a run; none when too little was measured, because theory alone is no measurement. */
    public static List<SpectrumCurve> of(RunRecord run) {
        List<SpectrumCurve> spectrum = new ArrayList<>();
        for (Outcome outcome : run.outcomes()) {
            String name = Modes.title(run, outcome);
            int colour = Modes.colour(run, outcome);
            if (isDrawable(outcome.latency())) {
                measured(name, "measured", colour, outcome.latency())
                        .told(outcome.conditions().clock())
                        .ifPresent(spectrum::add);
            }
            if (outcome.prediction().latencyCurve().size() > 1) {
                spectrum.add(expected(name + ", expected", colour, outcome.prediction()));
            }
        }
        if (spectrum.stream().noneMatch(curve -> curve.kind().equals("measured"))) {
            return List.of();
        }
        if (isDrawable(run.noise().hiccups())) {
            spectrum.add(measured("machine pauses", "noise", 0, run.noise().hiccups()));
        }
        if (isDrawable(run.noise().floorRoundTrip())) {
            spectrum.add(measured(
                    run.scenario().wire().rttNanos() > 0 ? "bare round trip on loopback" : "bare round trip",
                    "floor",
                    0,
                    run.noise().floorRoundTrip()));
        }
        return List.copyOf(spectrum);
    }

    /** Without what two hosts' clocks do not tell closely enough; empty where they tell nothing of it. */
    private Optional<SpectrumCurve> told(ClockBound clock) {
        int from = 0;
        while (from < y.size() && !clock.measures(y.get(from))) {
            from++;
        }
        return from == y.size()
                ? Optional.empty()
                : Optional.of(
                        new SpectrumCurve(name, kind, colour, x.subList(from, x.size()), y.subList(from, y.size())));
    }

    private static boolean isDrawable(Distribution distribution) {
        return distribution.count() >= Distribution.samplesNeeded(0.5);
    }

    /** Ends at the last quantile that the samples support: beyond it, the curve would show single events. */
    private static SpectrumCurve measured(String name, String kind, int colour, Distribution distribution) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 1; ; i++) {
            double inverse = Math.pow(10, (double) i / POINTS_A_DECADE);
            double p = 1 - 1 / inverse;
            if (p >= 0.5 && Distribution.samplesNeeded(p) > distribution.count()) {
                return new SpectrumCurve(name, kind, colour, x, y);
            }
            x.add(Decimals.drawn(inverse));
            y.add(Decimals.drawn(distribution.valueAt(p) / 1e6));
        }
    }

    private static SpectrumCurve expected(String name, int colour, Prediction prediction) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (Prediction.CurvePoint point : prediction.latencyCurve()) {
            if (point.probability() < 1) {
                x.add(Decimals.drawn(1 / (1 - point.probability())));
                y.add(Decimals.drawn(point.latencyMillis()));
            }
        }
        return new SpectrumCurve(name, "expected", colour, x, y);
    }
}
