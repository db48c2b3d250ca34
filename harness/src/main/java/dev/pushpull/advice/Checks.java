package dev.pushpull.advice;

import dev.pushpull.scenario.AdviceRecord.Check;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Runs the first two in virtual time, with their settings, and says whether they meet the needs there too. */
final class Checks {
    private static final double EVENTS = 20_000;
    private static final List<String> COLUMNS =
            List.of("latency_mean_ms", "latency_p95_ms", "latency_p99_ms", "lost_ratio", "requests_per_second");

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
        runs.outcome(advice.mode(), set).ifPresent(outcome -> {
            Figures simulated = runs.figures(advice.mode(), set, outcome);
            for (String column : COLUMNS) {
                if (comparable(column, advice) && point.figures().knows(column) && simulated.knows(column)) {
                    double value = simulated.value(column);
                    Estimate estimate = outcome.intervals().get(column);
                    double low = estimate == null ? value : estimate.low();
                    double high = estimate == null ? value : estimate.high();
                    checks.add(new Check(
                            advice.mode().name(),
                            column,
                            point.figures().kind().text(),
                            point.figures().value(column),
                            simulated.kind().text(),
                            value,
                            low,
                            high,
                            holds(column, low)));
                }
            }
        });
        return checks;
    }

    /** A connection that is held open for good is opened once a run, however short that is. */
    private static boolean comparable(String column, ModeAdvice advice) {
        return !column.equals("requests_per_second") || !advice.mode().traits().has(Trait.HOLDS_CONNECTIONS);
    }

    /** Whether a figure can keep to the needs on it: the low end of its interval does. */
    private boolean holds(String column, double low) {
        return question.needs().stream()
                .filter(need -> need.measure().column().equals(column))
                .allMatch(need -> low < need.bound());
    }
}
