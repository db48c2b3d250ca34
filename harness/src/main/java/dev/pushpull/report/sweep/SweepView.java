package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.report.shared.Soundness;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sweep as table, Markdown and terminal show it: words and figures, no markup. */
record SweepView(
        String runId,
        String kind,
        String heading,
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
    /** One interval. */
    record Row(String interval, List<Cell> cells) {}

    /**
     * One interval and rate.
     *
     * @param run whether there is anything to show
     * @param notes for instance INVALID
     */
    record Cell(
            String interval,
            String rate,
            boolean run,
            String load,
            List<Mode> modes,
            Cheapest requests,
            Cheapest bytes,
            List<String> notes) {}

    /** The figures of one mode; {@code colour} is one of the page's mode colours. */
    record Mode(String name, int colour, String mean, String wasted, String requests, String bytes, String lost) {}

    /**
     * Which mode needs the least; several when they are equal.
     *
     * @param text the same with the share that each of them lost
     */
    record Cheapest(String name, int colour, String text) {
        /** Whether any of them did not deliver everything. */
        boolean lost() {
            return !text.equals(name);
        }
    }

    static SweepView of(SweepRecord sweep) {
        List<String> rates =
                sweep.cells().stream().map(SweepView::rate).distinct().toList();
        Map<String, List<RunRecord>> byInterval = sweep.cells().stream()
                .collect(Collectors.groupingBy(SweepView::interval, java.util.LinkedHashMap::new, Collectors.toList()));
        List<Row> rows = new ArrayList<>();
        byInterval.forEach((interval, cells) -> rows.add(new Row(
                interval,
                rates.stream()
                        .map(rate -> cells.stream()
                                .filter(cell -> rate(cell).equals(rate))
                                .findFirst()
                                .map(SweepView::cell)
                                .orElseGet(() ->
                                        new Cell(interval, rate, false, "", List.of(), none(), none(), List.of())))
                        .toList())));
        return new SweepView(
                sweep.runId(),
                sweep.live() ? "live" : "simulated",
                heading(sweep),
                crossing(sweep),
                SweepAnswer.sentences(sweep),
                sweep.cells().isEmpty() ? "no cell was run" : scenario(sweep),
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
                sweep.startedAt());
    }

    private static String heading(SweepRecord sweep) {
        return both(
                sweep,
                (asking, sending) ->
                        "Where %s cheaper, and where %s".formatted(asking.with("is", "are"), sending.with("is", "are")),
                "Delivery modes over intervals and rates");
    }

    /** The remark on what lies beyond the line in the maps. */
    private static String crossing(SweepRecord sweep) {
        return both(
                sweep,
                (asking, sending) ->
                        "%s fewer requests than %s".formatted(asking.with("needs", "need"), sending.called()),
                "the mode that asks needs fewer requests than one that sends");
    }

    /** For the first polling mode and the first sending mode, if both ran. */
    private static String both(SweepRecord sweep, BiFunction<ModeTraits, ModeTraits, String> words, String otherwise) {
        return sweep.cells().stream()
                .findFirst()
                .flatMap(cell -> Modes.polling(cell)
                        .flatMap(asking ->
                                Modes.webhook(cell).map(sending -> words.apply(asking.traits(), sending.traits()))))
                .orElse(otherwise);
    }

    private static String partial(SweepRecord sweep) {
        return sweep.partial()
                ? "PARTIAL: interrupted; %d of %d cells were begun, and the last of them may be a part."
                        .formatted(sweep.cells().size(), sweep.planned())
                : "";
    }

    private static List<String> each(SweepRecord sweep, java.util.function.Function<RunRecord, List<String>> sayings) {
        return sweep.cells().stream()
                .flatMap(cell -> sayings.apply(cell).stream().map(saying -> where(cell) + ": " + saying))
                .toList();
    }

    private static String where(RunRecord cell) {
        return "T = " + interval(cell) + ", λ = " + rate(cell);
    }

    private static String interval(RunRecord cell) {
        return Quantity.duration(cell.scenario().polling().intervalNanos());
    }

    private static String rate(RunRecord cell) {
        return cell.scenario().events().rateName();
    }

    private static String scenario(SweepRecord sweep) {
        Scenario first = sweep.cells().get(0).scenario();
        return "%s arrivals, %s consumers, %s, payload %s, %s a cell, seed %d, %s"
                .formatted(
                        first.events().arrivals().kind(),
                        Decimals.count(first.events().consumers()),
                        first.events().streams() == Scenario.Streams.SHARED ? "one shared stream" : "a stream each",
                        Quantity.size(first.events().payloadBytes()),
                        Quantity.readable(first.run().durationNanos()),
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
                cheapest(run, "requests_per_delivery"),
                cheapest(run, "bytes_per_delivery"),
                notes);
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

    private static Cheapest none() {
        return new Cheapest("none", 0, "none");
    }

    static Cheapest cheapest(RunRecord run, String column) {
        List<Outcome> counted = run.outcomes().stream()
                .filter(outcome -> Figure.value(run, outcome, column).isPresent())
                .toList();
        OptionalDouble least = counted.stream()
                .mapToDouble(outcome -> Figure.value(run, outcome, column).getAsDouble())
                .min();
        if (least.isEmpty()) {
            return none();
        }
        List<Outcome> best = counted.stream()
                .filter(outcome ->
                        Figure.value(run, outcome, column).getAsDouble() <= least.getAsDouble() * (1 + LoadChart.LEVEL))
                .toList();
        return new Cheapest(
                best.stream().map(Outcome::mode).collect(Collectors.joining(" = ")),
                Modes.colour(run, best.get(0)),
                best.stream().map(SweepView::withLosses).collect(Collectors.joining(" = ")));
    }

    private static String withLosses(Outcome outcome) {
        String lost = Losses.share(outcome);
        return outcome.mode() + (lost.isEmpty() ? "" : " (" + lost + ")");
    }
}
