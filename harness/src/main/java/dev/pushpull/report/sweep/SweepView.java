package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.report.shared.Soundness;
import dev.pushpull.report.shared.StartedAt;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sweep as table, Markdown and terminal show it: words and figures, no markup. */
record SweepView(
        String runId,
        String kind,
        String heading,
        String mapsHeading,
        String crossing,
        List<String> answer,
        String scenario,
        String partial,
        List<String> invalid,
        List<String> warnings,
        List<String> rates,
        List<Row> rows,
        boolean losses,
        List<Fact> environment,
        String commandLine,
        String startedAt) {
    /** How the uncertainty is to be read. */
    static final String READING = "A crossover's interval reaches from where the lower ends of the cells' own intervals"
            + " cross to where the upper ends do; it does not know what interpolating between two cells adds. A question"
            + " mark: the modes' intervals overlap, so that the sweep cannot tell.";

    /** One interval. */
    record Row(String interval, List<Cell> cells) {}

    /**
     * One interval and rate.
     *
     * @param run whether there is anything to show
     * @param notes for instance INVALID
     * @param doubts what the comparison with the simulation leaves open or contradicts
     */
    record Cell(
            String interval,
            String rate,
            boolean run,
            String load,
            List<Mode> modes,
            Cheapest requests,
            Cheapest bytes,
            List<String> notes,
            List<CellVerdicts.Doubt> doubts) {}

    /** The figures of one mode; {@code colour} is one of the page's mode colours. */
    record Mode(String name, int colour, String mean, String wasted, String requests, String bytes, String lost) {}

    String reading() {
        return READING;
    }

    static SweepView of(SweepRecord sweep) {
        List<String> rates =
                sweep.cells().stream().map(SweepView::rate).distinct().toList();
        Map<String, List<RunRecord>> byInterval = sweep.cells().stream()
                .collect(Collectors.groupingBy(SweepView::interval, LinkedHashMap::new, Collectors.toList()));
        List<Row> rows = new ArrayList<>();
        byInterval.forEach((interval, cells) -> rows.add(new Row(
                interval,
                rates.stream()
                        .map(rate -> cells.stream()
                                .filter(cell -> rate(cell).equals(rate))
                                .findFirst()
                                .map(SweepView::cell)
                                .orElseGet(() -> new Cell(
                                        interval,
                                        rate,
                                        false,
                                        "",
                                        List.of(),
                                        Cheapest.NONE,
                                        Cheapest.NONE,
                                        List.of(),
                                        List.of())))
                        .toList())));
        return new SweepView(
                sweep.runId(),
                sweep.live() ? "live" : "simulated",
                SweepTitles.heading(sweep),
                SweepTitles.maps(sweep),
                crossing(sweep),
                SweepAnswer.sentences(sweep),
                sweep.cells().isEmpty() ? "no cell was run" : Sentences.capital(scenario(sweep)),
                partial(sweep),
                each(sweep, Soundness::reasons),
                each(sweep, Soundness::warnings),
                rates,
                rows,
                sweep.cells().stream()
                        .flatMap(cell -> cell.outcomes().stream())
                        .anyMatch(outcome -> outcome.counts().lostInAll() > 0),
                sweep.environment().entrySet().stream()
                        .map(entry -> new Fact(entry.getKey(), entry.getValue()))
                        .toList(),
                ShellWords.repeatable(sweep.commandLine()),
                StartedAt.readable(sweep.startedAt()));
    }

    /** The remark on what lies beyond the line in the maps, for the first mode of either side. */
    private static String crossing(SweepRecord sweep) {
        return sweep.cells().stream()
                .findFirst()
                .flatMap(cell -> Modes.polling(cell)
                        .flatMap(asking -> Modes.webhook(cell)
                                .map(sending -> "%s fewer requests than %s"
                                        .formatted(
                                                asking.traits().with("needs", "need"),
                                                sending.traits().called()))))
                .orElse("the mode that asks needs fewer requests than one that sends");
    }

    private static String partial(SweepRecord sweep) {
        return sweep.partial()
                ? "PARTIAL: interrupted; %d of %d cells were begun, and the last of them may be a part."
                        .formatted(sweep.cells().size(), sweep.planned())
                : "";
    }

    private static List<String> each(SweepRecord sweep, Function<RunRecord, List<String>> sayings) {
        return sweep.cells().stream()
                .flatMap(cell -> sayings.apply(cell).stream().map(saying -> where(cell) + ": " + saying))
                .toList();
    }

    private static String where(RunRecord cell) {
        return "T = " + interval(cell) + ", λ = " + rate(cell);
    }

    private static String interval(RunRecord cell) {
        return Decimals.duration(cell.scenario().polling().intervalNanos());
    }

    private static String rate(RunRecord cell) {
        return cell.scenario().events().rateName();
    }

    private static String scenario(SweepRecord sweep) {
        Scenario first = sweep.cells().get(0).scenario();
        return "%s arrivals, %s consumers, %s, payload %s, %s a cell, seed %d, %s"
                .formatted(
                        first.events().arrivals().called(),
                        Decimals.count(first.events().consumers()),
                        first.events().streams() == Scenario.Streams.SHARED ? "one shared stream" : "a stream each",
                        Quantity.size(first.events().payloadBytes()),
                        Decimals.duration(first.run().durationNanos()),
                        first.run().seed(),
                        sweep.live()
                                ? "measured live"
                                : "in virtual time"
                                        + Simulated.delay(sweep.cells().get(0)));
    }

    private static Cell cell(RunRecord run) {
        List<String> notes = Stream.of(
                        run.valid() ? "" : "INVALID",
                        run.partial() ? "partial" : "",
                        Modes.eventless(run) ? "no event occurred" : "")
                .filter(note -> !note.isEmpty())
                .toList();
        return new Cell(
                interval(run),
                rate(run),
                true,
                Decimals.setting(run.scenario().loadFactor()),
                run.outcomes().stream().map(outcome -> mode(run, outcome)).toList(),
                Cheapest.of(run, Cheapest.REQUESTS),
                Cheapest.of(run, Cheapest.BYTES),
                notes,
                CellVerdicts.of(run));
    }

    private static Mode mode(RunRecord run, Outcome outcome) {
        return new Mode(
                outcome.mode(),
                Modes.colour(run, outcome),
                value(run, outcome, "latency_mean_ms"),
                value(run, outcome, "wasted_ratio"),
                value(run, outcome, "requests_per_delivery"),
                value(run, outcome, "bytes_per_delivery"),
                Losses.figure(outcome));
    }

    private static String value(RunRecord run, Outcome outcome, String column) {
        return FigureText.value(Figure.of(run, outcome, column, ""));
    }
}
