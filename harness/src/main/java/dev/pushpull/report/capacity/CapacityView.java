package dev.pushpull.report.capacity;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityMeans;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import dev.pushpull.scenario.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What all outputs say about a search for capacity, as text, and the curves that the page draws. */
record CapacityView(
        String runId,
        String bound,
        String setting,
        String reading,
        String partial,
        List<String> invalid,
        List<String> answer,
        List<String> figures,
        List<Row> rows,
        List<String> columns,
        List<List<String>> steps,
        String commandLine,
        String startedAt,
        List<Fact> environment) {
    private static final List<String> STEPS_FIGURES = List.of("p50", "p99", "service p99", "driver CPU", "server CPU");

    private static final String HIGHEST_STEP = "The rate is the highest a path sustained; p50 and p99 are response"
            + " times there, from the moment a request was due";

    private static final String ANSWER = "The rate is the highest that a path sustains on this machine at its nominal"
            + " speed, and the interval contains it with a probability of 95 %. The machine's stalls are deducted; pauses"
            + " of server and driver are not. The figure beside it is the result without the deduction. p50 and p99 are"
            + " response times as measured at the sustained step next to the rate, from the moment a request was due";

    private static final String REST = ", and the service p99 counts from when it was sent: what lies between is"
            + " waiting for a connection. CPU is a process's, an answered request. Of a long poll the rate is events,"
            + " and latency runs from the event to the answer that brings it.";

    /**
     * One path.
     *
     * @param figures as many as are named
     * @param remark what prevented a higher rate
     */
    record Row(String path, String about, List<String> figures, String remark, String style) {}

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
                                        Quantity.size(run.payloadBytes()))
                        + means(run.means()),
                (listened(run) ? ANSWER : HIGHEST_STEP) + REST,
                run.partial() ? "PARTIAL: interrupted; what was measured until then." : "",
                run.invalid(),
                answer(run),
                figureNames(run),
                run.findings().stream().map(finding -> row(run, finding)).toList(),
                CapacityRows.header(),
                CapacityRows.of(run.findings()).stream()
                        .map(row ->
                                row.values().stream().map(CapacityView::shown).toList())
                        .toList(),
                ShellWords.repeatable(run.commandLine()),
                run.startedAt(),
                run.environment().entrySet().stream()
                        .map(entry -> new Fact(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static String shown(Object value) {
        return value == null ? "" : value instanceof Double number ? Decimals.significant(number) : value.toString();
    }

    private static boolean listened(CapacityRecord run) {
        return run.means().nominalPerSecond().isPresent();
    }

    private static String means(CapacityMeans means) {
        return means.nominalPerSecond().isEmpty()
                ? ""
                : "; %s; nominal speed %s bare echoes; stalls heard by %s"
                        .formatted(
                                means.search().equals(CapacityMeans.BEST_OF_THREE)
                                        ? "the best of three steps decides, no interval is claimed"
                                        : "each step updates the probability of each rate",
                                rate(means.nominalPerSecond().getAsDouble()),
                                means.meter());
    }

    private static List<String> answer(CapacityRecord run) {
        List<String> sentences = new ArrayList<>();
        Optional<CapacityFinding> most = best(run, Comparator.naturalOrder());
        Optional<CapacityFinding> least = best(run, Comparator.reverseOrder());
        if (most.isEmpty()) {
            sentences.add("No path sustained any step within " + run.slo().text() + ".");
        } else if (most.get() == least.get()) {
            sentences.add("Within %s this machine carries %s (%s%s)."
                    .formatted(
                            run.slo().text(),
                            rate(most.get()),
                            most.get().path(),
                            interval(most.get())
                                    .map(", 95 %% interval %s"::formatted)
                                    .orElse("")));
        } else {
            sentences.add("Within %s this machine carries from %s (%s) to %s (%s)."
                    .formatted(
                            run.slo().text(),
                            rate(least.get()),
                            least.get().path(),
                            rate(most.get()),
                            most.get().path()));
        }
        run.findings().stream()
                .filter(finding -> finding.limit() == Limit.UNMET)
                .forEach(finding -> sentences.add("%s cannot hold %s even at the lowest step, %s."
                        .formatted(finding.path(), run.slo().text(), rate(finding.lowestTriedPerSecond()))));
        return sentences;
    }

    private static Optional<CapacityFinding> best(CapacityRecord run, Comparator<Double> order) {
        return run.findings().stream()
                .filter(finding -> finding.perSecond().isPresent())
                .max(Comparator.comparing(finding -> finding.perSecond().getAsDouble(), order));
    }

    private static Row row(CapacityRecord run, CapacityFinding finding) {
        List<String> figures = new ArrayList<>(List.of(finding.perSecond().isPresent() ? rate(finding) : "none"));
        if (listened(run)) {
            OptionalDouble raw = finding.answer().rawPerSecond();
            figures.add(interval(finding).orElse(""));
            figures.add(raw.isPresent() ? Decimals.significant(raw.getAsDouble()) + "/s" : "");
        }
        figures.addAll(finding.best().map(CapacityView::figures).orElse(Collections.nCopies(STEPS_FIGURES.size(), "")));
        boolean good = finding.limit() == Limit.BOUND || finding.limit() == Limit.HIGHEST_TRIED;
        String style = good ? "holds" : finding.limit() == Limit.UNMET ? "fails" : "undecided";
        return new Row(finding.path(), finding.about(), figures, remark(run, finding) + deducted(run, finding), style);
    }

    /** What the figures of a path are called; nobody listened to the machine in a run of older times. */
    private static List<String> figureNames(CapacityRecord run) {
        List<String> names = new ArrayList<>(List.of("rate"));
        if (listened(run)) {
            names.addAll(List.of("95 % interval", "not deducted"));
        }
        names.addAll(STEPS_FIGURES);
        return names;
    }

    private static List<String> figures(CapacityStep best) {
        return List.of(
                millis(best.latencyP50Millis()),
                millis(best.latencyP99Millis()),
                millis(best.serviceP99Millis()),
                micros(best.driverCpuMicros()),
                micros(best.serverCpuMicros()));
    }

    /** An answer is no exact number, a step's rate is. */
    private static String rate(CapacityFinding finding) {
        double perSecond = finding.perSecond().orElse(0);
        return finding.answer().perSecond().isPresent() ? Decimals.significant(perSecond) + "/s" : rate(perSecond);
    }

    private static Optional<String> interval(CapacityFinding finding) {
        return finding.answer()
                .interval()
                .map(rate -> Decimals.significant(rate.lowPerSecond()) + " to "
                        + Decimals.significant(rate.highPerSecond()));
    }

    private static String deducted(CapacityRecord run, CapacityFinding finding) {
        return !listened(run)
                ? ""
                : "; %s s of stalls deducted in %d steps, %s"
                        .formatted(
                                Decimals.significant(finding.stalledSeconds()),
                                finding.steps().size(),
                                finding.changedVerdicts() == 0
                                        ? "which changed no verdict"
                                        : "which changed %d verdict%s"
                                                .formatted(
                                                        finding.changedVerdicts(),
                                                        finding.changedVerdicts() == 1 ? "" : "s"));
    }

    private static String remark(CapacityRecord run, CapacityFinding finding) {
        return switch (finding.limit()) {
            case BOUND -> "more exceeds the bound";
            case DRIVER ->
                finding.perSecond().isPresent() ? "at least; the driver fell behind" : "the driver fell behind";
            case UNMET -> "cannot hold " + run.slo().text() + " even at the lowest step";
            case HIGHEST_TRIED -> "at least; no more was tried";
            case UNFINISHED -> finding.perSecond().isPresent() ? "interrupted, so not sure" : "interrupted";
        };
    }

    private static String rate(double perSecond) {
        return Decimals.setting(perSecond) + "/s";
    }

    private static String millis(OptionalDouble value) {
        return value.isPresent() ? Decimals.milliseconds(value.getAsDouble()) : "too few";
    }

    private static String micros(OptionalDouble value) {
        return value.isPresent() ? Decimals.significant(value.getAsDouble()) + " µs" : "";
    }
}
