package dev.pushpull.advice;

import dev.pushpull.scenario.AdviceRecord.Check;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Runs the first two in virtual time, with their settings, and says whether they meet the needs there too. */
final class Checks {
    private static final double EVENTS = 40_000;
    private static final List<String> COLUMNS =
            List.of("latency_mean_ms", "latency_p95_ms", "latency_p99_ms", "lost_ratio", "requests_per_second");

    /** A figure that exceeds its bound by less is a matter of chance. */
    private static final double CHANCE = 1.01;

    private final Question question;

    Checks(Question question) {
        this.question = question;
    }

    List<Check> of(List<ModeAdvice> chosen) {
        return chosen.parallelStream().flatMap(advice -> of(advice).stream()).toList();
    }

    private List<Check> of(ModeAdvice advice) {
        Point point = advice.point().orElseThrow();
        VirtualRuns runs = new VirtualRuns(question, EVENTS);
        Scenario open = question.scenario();
        Scenario set = open.withPolling(point.scenario().polling())
                .withModeOptions(point.scenario().modeOptions());
        List<Check> checks = new ArrayList<>();
        runs.of(advice.mode(), set).ifPresent(simulated -> {
            for (String column : COLUMNS) {
                if (point.figures().knows(column) && simulated.knows(column)) {
                    checks.add(new Check(
                            advice.mode().name(),
                            column,
                            point.figures().kind().text(),
                            point.figures().value(column),
                            simulated.kind().text(),
                            simulated.value(column),
                            holds(column, simulated)));
                }
            }
        });
        return checks;
    }

    /** Whether a figure keeps to the needs on it, apart from chance. */
    private boolean holds(String column, Figures figures) {
        return question.needs().stream()
                .filter(need -> need.measure().column().equals(column))
                .allMatch(need -> figures.value(column) < CHANCE * need.bound());
    }
}
