package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureNames;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.NoiseVerdict;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.ProcessFigures;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What else the machine did meanwhile, in words. */
final class NoiseText {
    private NoiseText() {}

    /**
     * @param name what was measured
     * @param figures the results
     */
    record Line(String name, String figures) {}

    /** Only what was measured. */
    static List<Line> lines(RunRecord run) {
        List<Line> lines = new ArrayList<>();
        RunRecord.Noise noise = run.noise();
        if (noise.hiccups().count() > 0) {
            lines.add(new Line(
                    "machine pauses",
                    "p50 " + quantile(noise.hiccups(), 0.5) + ", p99 " + quantile(noise.hiccups(), 0.99) + ", p99.9 "
                            + quantile(noise.hiccups(), 0.999)));
        }
        verdict(run).ifPresent(text -> lines.add(new Line("verdict", text)));
        if (noise.eventLateness().count() > 0) {
            lines.add(new Line("event generator delay", "p99 " + quantile(noise.eventLateness(), 0.99)));
        }
        for (Outcome outcome : run.outcomes()) {
            if (outcome.pollLateness().count() > 0) {
                lines.add(new Line(
                        "poll generator delay, " + Modes.title(run, outcome),
                        "p99 " + quantile(outcome.pollLateness(), 0.99)));
            }
        }
        if (noise.floorRoundTrip().count() > 0) {
            lines.add(new Line(
                    run.scenario().wire().rttNanos() > 0 ? "bare round trip on loopback" : "bare round trip",
                    "p50 " + quantile(noise.floorRoundTrip(), 0.5) + " at "
                            + Decimals.setting(noise.floorRatePerSecond()) + "/s"));
        }
        for (ProcessFigures process : run.processes()) {
            lines.add(new Line(
                    "process " + process.name(),
                    "CPU %s, of that JIT %s, GC %s; %s MB"
                            .formatted(
                                    Decimals.milliseconds(process.cpuMillis()),
                                    Decimals.milliseconds(process.jitMillis()),
                                    Decimals.milliseconds(process.gcMillis()),
                                    Decimals.count(process.mostResidentBytes() / 1_000_000))));
        }
        lines.addAll(HostsText.lines(run));
        return lines;
    }

    /** The same for all modes, or mode by mode; empty when nothing was measured. */
    private static Optional<String> verdict(RunRecord run) {
        Map<String, List<String>> modes = new LinkedHashMap<>();
        for (Outcome outcome : run.outcomes()) {
            NoiseVerdict noise = outcome.conditions().noise();
            if (noise.level() != NoiseVerdict.Level.UNKNOWN) {
                modes.computeIfAbsent(words(noise), words -> new ArrayList<>()).add(Modes.title(run, outcome));
            }
        }
        return modes.isEmpty()
                ? Optional.empty()
                : Optional.of(modes.entrySet().stream()
                        .map(entry -> modes.size() == 1
                                ? entry.getKey()
                                : String.join(", ", entry.getValue()) + ": " + entry.getKey())
                        .collect(Collectors.joining("; ")));
    }

    private static String words(NoiseVerdict noise) {
        String level = noise.level().name().toLowerCase(Locale.ROOT);
        return noise.untrusted().isEmpty()
                ? level
                : level + " for "
                        + noise.untrusted().stream()
                                .map(column -> Arrays.stream(FigureNames.values())
                                        .filter(name -> name.column().equals(column))
                                        .map(name -> name.label().replace("latency ", ""))
                                        .findFirst()
                                        .orElse(column))
                                .collect(Collectors.joining(", "));
    }

    /**
     * The latencies that the machine's own pauses exceed at the same quantile, in one line; empty when there are none.
     */
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
