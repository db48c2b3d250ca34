package dev.pushpull.report.capacity;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import dev.pushpull.scenario.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all outputs say about a search for capacity, as text, and the curves that the page draws. */
record CapacityView(
        String runId,
        String bound,
        String setting,
        String partial,
        List<String> invalid,
        List<String> answer,
        List<Row> rows,
        List<String> columns,
        List<List<String>> steps,
        String commandLine,
        String startedAt,
        List<Fact> environment) {
    /** The names of the figures of a path. */
    static final List<String> FIGURES = List.of("rate", "p50", "p99", "service p99", "driver CPU", "server CPU");

    /** What one must know to read them. */
    static final String READING = "The rate is the highest a path sustained; p50 and p99 are response times there, from"
            + " the moment a request was due, and the service p99 counts from when it was sent: what lies between is"
            + " waiting for a connection. CPU is a process's, an answered request. Of a long poll the rate is events,"
            + " and latency runs from the event to the answer that brings it.";

    /**
     * One path.
     *
     * @param figures in the order of {@link #FIGURES}
     * @param remark what prevented a higher rate
     */
    record Row(String path, String about, List<String> figures, String remark, String style) {}

    /**
     * Latency against load on one path.
     *
     * @param rate requests a second, rising
     * @param p99 milliseconds; null where there is none
     * @param bound milliseconds
     */
    record Curve(
            String path, List<Double> rate, List<Double> p50, List<Double> p99, List<Double> service, double bound) {}

    static CapacityView of(CapacityRecord run) {
        return new CapacityView(
                run.runId(),
                run.slo().text(),
                "%s driver, %d connection%s, steps of %s, payload %s"
                        .formatted(
                                run.driver(),
                                run.connections(),
                                run.connections() == 1 ? "" : "s",
                                Quantity.duration(run.stepNanos()),
                                Quantity.size(run.payloadBytes())),
                run.partial() ? "PARTIAL: interrupted; what was measured until then." : "",
                run.invalid(),
                answer(run),
                run.findings().stream().map(finding -> row(run, finding)).toList(),
                CapacityRows.header(),
                CapacityRows.of(run.findings()).stream()
                        .map(row ->
                                row.values().stream().map(CapacityView::shown).toList())
                        .toList(),
                ShellWords.join(run.commandLine()),
                run.startedAt(),
                run.environment().entrySet().stream()
                        .map(entry -> new Fact(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static String shown(Object value) {
        return value == null ? "" : value instanceof Double number ? Decimals.significant(number) : value.toString();
    }

    private static List<String> answer(CapacityRecord run) {
        List<String> sentences = new ArrayList<>();
        Optional<CapacityFinding> most = best(run, Comparator.naturalOrder());
        Optional<CapacityFinding> least = best(run, Comparator.reverseOrder());
        if (most.isEmpty()) {
            sentences.add("No path sustained any step within " + run.slo().text() + ".");
        } else if (most.get() == least.get()) {
            sentences.add("Within %s this machine carries %s (%s)."
                    .formatted(
                            run.slo().text(),
                            rate(most.get().best().orElseThrow().offeredPerSecond()),
                            most.get().path()));
        } else {
            sentences.add("Within %s this machine carries from %s (%s) to %s (%s)."
                    .formatted(
                            run.slo().text(),
                            rate(least.get().best().orElseThrow().offeredPerSecond()),
                            least.get().path(),
                            rate(most.get().best().orElseThrow().offeredPerSecond()),
                            most.get().path()));
        }
        run.findings().stream()
                .filter(finding -> finding.limit() == Limit.UNMET)
                .forEach(finding -> sentences.add("%s cannot hold %s even at the lowest step, %s."
                        .formatted(
                                finding.path(),
                                run.slo().text(),
                                rate(finding.steps().get(0).offeredPerSecond()))));
        return sentences;
    }

    private static Optional<CapacityFinding> best(CapacityRecord run, Comparator<Double> order) {
        return run.findings().stream()
                .filter(finding -> finding.best().isPresent())
                .max(Comparator.comparing(
                        finding -> finding.best().orElseThrow().offeredPerSecond(), order));
    }

    private static Row row(CapacityRecord run, CapacityFinding finding) {
        List<String> figures = finding.best().map(CapacityView::figures).orElse(List.of("none", "", "", "", "", ""));
        boolean good = finding.limit() == Limit.BOUND || finding.limit() == Limit.HIGHEST_TRIED;
        String style = good ? "holds" : finding.limit() == Limit.UNMET ? "fails" : "undecided";
        return new Row(finding.path(), finding.about(), figures, remark(run, finding), style);
    }

    private static List<String> figures(CapacityStep best) {
        return List.of(
                rate(best.offeredPerSecond()),
                millis(best.latencyP50Millis()),
                millis(best.latencyP99Millis()),
                millis(best.serviceP99Millis()),
                micros(best.driverCpuMicros()),
                micros(best.serverCpuMicros()));
    }

    private static String remark(CapacityRecord run, CapacityFinding finding) {
        return switch (finding.limit()) {
            case BOUND -> "more exceeds the bound";
            case DRIVER -> finding.best().isPresent() ? "at least; the driver fell behind" : "the driver fell behind";
            case UNMET -> "cannot hold " + run.slo().text() + " even at the lowest step";
            case HIGHEST_TRIED -> "at least; no more was tried";
            case UNFINISHED -> "at least; interrupted";
        };
    }

    static String rate(double perSecond) {
        return Decimals.setting(perSecond) + "/s";
    }

    private static String millis(OptionalDouble value) {
        return value.isPresent() ? Decimals.milliseconds(value.getAsDouble()) : "too few";
    }

    private static String micros(OptionalDouble value) {
        return value.isPresent() ? Decimals.significant(value.getAsDouble()) + " µs" : "";
    }

    /** One curve for each path. */
    static List<Curve> curves(CapacityRecord run) {
        return run.findings().stream()
                .map(finding -> new Curve(
                        finding.path(),
                        read(finding, CapacityStep::offeredPerSecond),
                        read(finding, step -> orNull(step.latencyP50Millis())),
                        read(finding, step -> orNull(step.latencyP99Millis())),
                        read(finding, step -> orNull(step.serviceP99Millis())),
                        run.slo().boundNanos() / 1e6))
                .toList();
    }

    /** The second try of a rate that was tried twice. */
    private static List<Double> read(CapacityFinding finding, Function<CapacityStep, Double> figure) {
        TreeMap<Double, CapacityStep> byRate = new TreeMap<>();
        finding.steps().forEach(step -> byRate.put(step.offeredPerSecond(), step));
        return byRate.values().stream().map(figure).collect(Collectors.toCollection(ArrayList::new)); // may hold null
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
