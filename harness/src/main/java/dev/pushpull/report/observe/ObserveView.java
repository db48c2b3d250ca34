package dev.pushpull.report.observe;

import dev.pushpull.report.shared.AxisScale;
import dev.pushpull.report.shared.ColumnText;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.shared.StartedAt;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.ObservedRecord;
import dev.pushpull.scenario.ObservedRecord.Pairing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the page shows, in words; contains no markup.
 *
 * @param strip one, or none without items
 * @param sooner one, or none without items of both
 */
record ObserveView(
        String command,
        String runId,
        String answer,
        List<String> findings,
        List<String> doubts,
        List<Fact> facts,
        List<DoorbellStrip> strip,
        List<DotChart> sooner,
        List<Fact> outcomes,
        List<String> modes,
        List<Line> figures,
        List<String> intervalColumns,
        List<Line> intervals,
        String advice,
        String commandLine,
        List<Fact> environment,
        String downloadsLeftOut) {
    /** A row of a table. */
    record Line(String name, List<String> values) {}

    static ObserveView of(ObservedRecord record, String downloadsLeftOut) {
        ObserveWords words = new ObserveWords(record);
        List<String> doubts = new ArrayList<>(record.warnings());
        if (record.partial()) {
            doubts.add(0, "Partial: it was interrupted, or it still goes on.");
        }
        List<List<String>> intervals = words.intervals();
        return new ObserveView(
                record.command(),
                record.runId(),
                words.title(),
                words.findings(),
                doubts,
                facts(record),
                DoorbellStrip.of(record.strip()).stream().toList(),
                sooner(record.pairing(), words.ofDifferences()).stream().toList(),
                words.outcomes(),
                record.sides().stream()
                        .map(side -> String.valueOf(side.get("mode")))
                        .toList(),
                figures(record.sides()),
                intervals.get(0),
                intervals.subList(1, intervals.size()).stream()
                        .map(row -> new Line(row.get(0), row.subList(1, row.size())))
                        .toList(),
                String.join("\n", record.advice()),
                ShellWords.repeatable(record.commandLine()),
                record.environment().entrySet().stream()
                        .map(fact -> new Fact(fact.getKey(), fact.getValue()))
                        .toList(),
                downloadsLeftOut);
    }

    private static List<Fact> facts(ObservedRecord record) {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("started", StartedAt.readable(record.startedAt())),
                new Fact("measured", Decimals.span(record.pairing().measuredNanos()))));
        record.findings().forEach(finding -> facts.add(new Fact(finding.name(), finding.text())));
        return facts;
    }

    private static List<Line> figures(List<Map<String, Object>> sides) {
        return sides.get(0).keySet().stream()
                .filter(column -> !column.equals("mode") && !column.equals("run_id"))
                .filter(column -> sides.stream().anyMatch(side -> side.get(column) != null))
                .map(column -> new Line(
                        ColumnText.label(column),
                        sides.stream()
                                .map(side -> text(column, side.get(column)))
                                .toList()))
                .toList();
    }

    private static String text(String column, Object value) {
        if (!(value instanceof Number number)) {
            return value == null ? "" : value.toString();
        }
        return ColumnText.text(column, number);
    }

    /** The mean and the quantiles with their intervals, against half of the interval between polls. */
    private static Optional<DotChart> sooner(Pairing pairing, String title) {
        List<DotChart.Entry> entries = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (String name : List.of("mean", "p50", "p90", "p99")) {
            Double value = pairing.sooner().get(name);
            if (value != null) {
                Optional<Estimate> interval =
                        Optional.ofNullable(pairing.intervals().get(name));
                values.add(value);
                interval.ifPresent(known -> values.addAll(List.of(known.low(), known.high())));
                entries.add(new DotChart.Entry(
                        name.equals("mean") ? "on average" : name,
                        ObserveWords.signed(value),
                        List.of(new DotChart.Value(
                                DotChart.Shape.DOT,
                                DoorbellStrip.PUSH_COLOUR,
                                value,
                                end(interval.map(Estimate::low)),
                                end(interval.map(Estimate::high))))));
            }
        }
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        double expected = pairing.intervalNanos() / 2e6;
        values.add(expected);
        values.add(0.0);
        Optional<DotChart.Referred> reference = pairing.intervalNanos() == 0
                ? Optional.empty()
                : Optional.of(new DotChart.Referred(expected, "T/2 = " + Decimals.milliseconds(expected)));
        return Optional.of(DotChart.of(
                title,
                AxisScale.of(values, ObserveWords::signed),
                entries,
                List.of(),
                reference,
                "Left of 0 the poll came first. Lines are 95 % intervals."));
    }

    private static OptionalDouble end(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
