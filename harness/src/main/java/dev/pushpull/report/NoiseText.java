package dev.pushpull.report;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** What the machine itself did meanwhile, in words. */
final class NoiseText {
    private NoiseText() {}

    /**
     * @param name what was listened to
     * @param figures what was heard
     */
    record Line(String name, String figures) {}

    /** Only what was measured. */
    static List<Line> lines(RunRecord run) {
        List<Line> lines = new ArrayList<>();
        RunRecord.Noise noise = run.noise();
        if (noise.hiccups().count() > 0) {
            lines.add(new Line(
                    "machine hiccups",
                    "p50 " + quantile(noise.hiccups(), 0.5) + ", p99.9 " + quantile(noise.hiccups(), 0.999)));
        }
        if (noise.eventLateness().count() > 0) {
            lines.add(new Line("event lateness", "p99 " + quantile(noise.eventLateness(), 0.99)));
        }
        for (Outcome outcome : run.outcomes()) {
            if (outcome.pollLateness().count() > 0) {
                lines.add(new Line(
                        "poll lateness, " + Modes.title(run, outcome),
                        "p99 " + quantile(outcome.pollLateness(), 0.99)));
            }
        }
        if (noise.floorRoundTrip().count() > 0) {
            lines.add(new Line(
                    "bare round trip",
                    "p50 " + quantile(noise.floorRoundTrip(), 0.5) + " at "
                            + Decimals.setting(noise.floorRatePerSecond()) + "/s"));
        }
        return lines;
    }

    /** Latencies that the machine's own pauses at the same quantile exceed, as one line; empty when there are none. */
    static String belowNoise(RunRecord run) {
        List<String> below = new ArrayList<>();
        for (Outcome outcome : run.outcomes()) {
            List<String> figures = new ArrayList<>();
            for (FigureNames name : FigureNames.values()) {
                Figure figure = Figure.of(run, outcome, name.column(), name.label());
                if (figure.belowNoise()) {
                    figures.add(name.label().replace("latency ", "") + " " + FigureText.value(figure));
                }
            }
            if (!figures.isEmpty()) {
                below.add(Modes.title(run, outcome) + " " + String.join(", ", figures));
            }
        }
        return below.isEmpty() ? "" : "Below the machine's noise: " + String.join("; ", below) + ".";
    }

    private static String quantile(Distribution distribution, double p) {
        return distribution.quantileMillis(p).isPresent()
                ? Decimals.milliseconds(distribution.quantileMillis(p).getAsDouble())
                : Figure.TOO_FEW;
    }
}
