package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** If the events that came, rather than those that were due, explain a figure, the verdict says so. */
class VeryEventsTest {
    private static final int EFFORT = 0;
    private static final int EFFICIENCY = 2;

    @Test
    void aFigureThatTheseVeryEventsMovedIsExplained() {
        RunRecord due = Runs.ordinary().rate(1).seconds(60).run();
        RunRecord fewer = Runs.ordinary().rate(0.7).seconds(60).run();
        RunRecord run = due.with(List.of(), List.of());
        Outcome moved = fewer.outcome("polling")
                .orElseThrow()
                .of(1, due.outcome("polling").orElseThrow().prediction());

        FourClaims table = FourClaims.of(withPolling(run, moved));

        assertThat(table.rows().get(EFFICIENCY).verdict().sentence())
                .contains(
                        "expected 60.7 % = e^(-λT), but 840 events came where 1,200 were due, and for these very events 70.5 %");
        assertThat(table.rows().get(EFFORT).verdict().sentence())
                .contains("expected 2.00, but 840 events came where 1,200 were due, and for these very events 2.86 is");
        assertThat(FourClaims.of(due).rows())
                .noneMatch(row -> row.verdict().sentence().contains("were due"));
    }

    /** With a load of 60 events an interval no poll is empty, though the expected share is not quite 0. */
    @Test
    void aFigureThatReadsAsWasExpectedIsNotExplained() {
        RunRecord due = Runs.ordinary().rate(120).seconds(1).run();
        Outcome polling = due.outcome("polling").orElseThrow();
        Outcome moved = Runs.ordinary()
                .rate(90)
                .seconds(1)
                .run()
                .outcome("polling")
                .orElseThrow()
                .of(1, polling.prediction());
        assertThat(polling.prediction().figures().get("wasted_ratio").value()).isPositive();

        FourClaims table = FourClaims.of(withPolling(due.with(List.of(), List.of()), moved));

        assertThat(table.rows().get(EFFICIENCY).verdict().sentence())
                .contains("0 % of")
                .doesNotContain("for these very events");
    }

    private static RunRecord withPolling(RunRecord run, Outcome polling) {
        return new RunRecord(
                run.schemaVersion(),
                run.runId(),
                run.command(),
                run.commandLine(),
                run.startedAt(),
                run.measuredNanos(),
                run.scenario(),
                List.of(polling, run.outcome("webhook").orElseThrow()),
                run.noise(),
                run.environment(),
                run.partial(),
                run.warnings());
    }
}
