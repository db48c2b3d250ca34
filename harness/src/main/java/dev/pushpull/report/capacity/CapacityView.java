package dev.pushpull.report.capacity;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.shared.StartedAt;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityMeans;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import dev.pushpull.scenario.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/** What all outputs say about a search for capacity, as text, and the curves that the page draws. */
record CapacityView(
        String runId,
        String heading,
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

    private static final String OVER_HOSTS =
            "The rate is the highest that the path sustains over these hosts in sum, at"
                    + " the speeds that they had. An interval contains it with a probability of 95 %, if these speeds did not"
                    + " change. Nothing is deducted. p50 and p99 are response times of all hosts, each by the clock of the host"
                    + " that sent the request, at the sustained step next to the rate, from the moment a request was due";

    private static final String REST = ", and the service p99 counts from when it was sent: what lies between is"
            + " waiting for a connection. CPU is a process's, an answered request. Of a long poll the rate is events,"
            + " and latency runs from the event to the answer that brings it.";

    /**
     * One path.
     *
     * @param figures as many as are named
     * @param limit what prevented a higher rate
     * @param deducted what was deducted, where anybody listened to the machine
     * @param style of the limit's badge: none for a limit, which is neither good nor bad
     */
    record Row(String path, String about, List<String> figures, String limit, String deducted, String style) {
        /** Both in one. */
        String remark() {
            return deducted.isEmpty() ? limit : limit + "; " + deducted;
        }
    }

    /** The answer without its first sentence, which is the heading. */
    List<String> further() {
        return answer.subList(1, answer.size());
    }

    static CapacityView of(CapacityRecord run) {
        return new CapacityView(
                run.runId(),
                CapacityWords.heading(run),
                "%s driver, %d connection%s, steps of %s, payload %s"
                                .formatted(
                                        run.driver(),
                                        run.connections(),
                                        run.connections() == 1 ? "" : "s",
                                        Quantity.duration(run.stepNanos()),
                                        Quantity.size(run.payloadBytes()))
                        + "; bound " + run.slo().text()
                        + means(run.means()),
                (listened(run) ? ANSWER : run.means().overHosts() ? OVER_HOSTS : HIGHEST_STEP) + REST,
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
                StartedAt.readable(run.startedAt()),
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
                ? means.overHosts() ? "; over hosts: " + means.meter() : ""
                : "; %s; nominal speed %s bare echoes; stalls heard by %s"
                        .formatted(
                                means.search().equals(CapacityMeans.BEST_OF_THREE)
                                        ? "the best of three steps decides, no interval is claimed"
                                        : "each step updates the probability of each rate",
                                Decimals.setting(means.nominalPerSecond().getAsDouble()) + "/s",
                                means.meter());
    }

    private static List<String> answer(CapacityRecord run) {
        List<String> sentences = new ArrayList<>();
        sentences.add(CapacityWords.heading(run) + ".");
        run.findings().stream()
                .filter(finding -> finding.limit() == Limit.UNMET)
                .forEach(finding ->
                        sentences.add("%s: %s.".formatted(finding.path(), CapacityWords.limit(run.slo(), finding))));
        return sentences;
    }

    private static Row row(CapacityRecord run, CapacityFinding finding) {
        List<String> figures = new ArrayList<>(List.of(CapacityWords.rate(finding)));
        if (listened(run)) {
            OptionalDouble raw = finding.answer().rawPerSecond();
            figures.add(CapacityWords.interval(finding).orElse(""));
            figures.add(raw.isPresent() ? CapacityWords.rate(raw.getAsDouble()) : "");
        }
        figures.addAll(finding.best().map(CapacityView::figures).orElse(Collections.nCopies(STEPS_FIGURES.size(), "")));
        String style = finding.limit() == Limit.UNMET ? "fails" : "limit";
        return new Row(
                finding.path(),
                finding.about(),
                figures,
                CapacityWords.limit(run.slo(), finding),
                deducted(run, finding),
                style);
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

    private static String deducted(CapacityRecord run, CapacityFinding finding) {
        return !listened(run)
                ? ""
                : "%s s of stalls deducted in %d steps, %s"
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

    private static String millis(OptionalDouble value) {
        return value.isPresent() ? Decimals.milliseconds(value.getAsDouble()) : "too few samples";
    }

    private static String micros(OptionalDouble value) {
        return value.isPresent() ? Decimals.significant(value.getAsDouble()) + " µs" : "";
    }
}
