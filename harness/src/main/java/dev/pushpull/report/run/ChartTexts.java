package dev.pushpull.report.run;

import dev.pushpull.report.shared.AcrossClocks;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TimelineSecond;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What each chart of a run shows, as text for readers who cannot see it: its main figures.
 *
 * @param strip of the first seconds of the run
 * @param spectrum of latency at every percentile
 * @param cdf of how many deliveries are there by when
 * @param courses of latencies over time
 * @param timelines of requests over time
 * @param held of connections held open over time
 * @param waste of empty polls over the load factor
 * @param requests of requests a delivery over the load factor
 * @param wasteFinding the title of the chart of empty polls
 * @param requestsFinding the title of the chart of requests
 * @param across what is not drawn since the clocks of two hosts do not tell it; empty on one clock
 * @param reading how the two over the load factor are read
 */
record ChartTexts(
        String strip,
        String spectrum,
        String cdf,
        String courses,
        String timelines,
        String held,
        String waste,
        String requests,
        String wasteFinding,
        String requestsFinding,
        String across,
        String reading) {
    static ChartTexts of(RunRecord run) {
        LoadChart standing = LoadChart.of(List.of(run));
        return new ChartTexts(
                "Strip of time with a lane a mode: when events occurred and when each was there. Mean delay: "
                        + each(run, List.of("latency_mean_ms")) + ".",
                "Latency of each mode at every percentile, on logarithmic scales. "
                        + each(run, List.of("latency_p50_ms", "latency_p90_ms", "latency_p99_ms")) + ".",
                "Share of deliveries that had arrived, over the time since the event. Half of them within: "
                        + each(run, List.of("latency_p50_ms")) + ".",
                "Median latency of each mode over the measured time. "
                        + Course.of(run).stream().map(Course::sentence).collect(Collectors.joining("; ")) + ".",
                "Requests a second of each mode over time, useful and empty. "
                        + run.outcomes().stream()
                                .filter(outcome -> !outcome.timeline().isEmpty())
                                .map(outcome -> busiest(run, outcome))
                                .collect(Collectors.joining("; "))
                        + ".",
                HeldLine.finding(run) + ", at the end of each second.",
                "Share of polls that are empty over the load factor: theory falls from 100 % as e to the minus λT."
                        + here(run) + each(run, List.of("wasted_ratio")) + ".",
                "Requests per delivered event over the load factor: theory has 1/(λT) for polling." + here(run)
                        + each(run, List.of("requests_per_delivery")) + ".",
                standing.wasteFinding(),
                standing.requestsFinding(),
                AcrossClocks.notDrawn(run),
                standing.reading());
    }

    private static String here(RunRecord run) {
        return " This run, at λT = " + Decimals.setting(run.scenario().loadFactor()) + ": ";
    }

    private static String each(RunRecord run, List<String> columns) {
        return run.outcomes().stream()
                .map(outcome -> Modes.title(run, outcome) + " "
                        + columns.stream()
                                .map(column -> FigureText.named(Figure.of(run, outcome, column, shortName(column))))
                                .map(String::strip)
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private static String shortName(String column) {
        return column.startsWith("latency_p") ? column.substring("latency_".length(), column.length() - 3) : "";
    }

    private static String busiest(RunRecord run, Outcome outcome) {
        long most = outcome.timeline().stream()
                .mapToLong(TimelineSecond::requests)
                .max()
                .orElse(0);
        return "%s %s in all, %s in its busiest second"
                .formatted(
                        Modes.title(run, outcome),
                        Decimals.count(outcome.counts().requests()),
                        Decimals.count(most));
    }
}
