package dev.pushpull.report.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;

/** Made-up runs with real predictions of the closed forms. */
final class PredictedRuns {
    private PredictedRuns() {}

    /** The run with what closed forms really predict for it. */
    static RunRecord predicted(RunRecord run) {
        return new RunRecord(
                run.schemaVersion(),
                run.runId(),
                run.command(),
                run.commandLine(),
                run.startedAt(),
                run.measuredNanos(),
                run.scenario(),
                run.outcomes().stream()
                        .map(outcome -> outcome.of(outcome.trial(), prediction(outcome.mode(), run.scenario())))
                        .toList(),
                run.noise(),
                run.environment(),
                run.partial(),
                run.warnings());
    }

    static Prediction prediction(String name, Scenario scenario) {
        DeliveryMode mode = DeliveryModes.all().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return DeliveryModes.in(scenario, mode).theory().predict(scenario).orElseThrow();
    }
}
