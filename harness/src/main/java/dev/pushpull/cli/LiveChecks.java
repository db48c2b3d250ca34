package dev.pushpull.cli;

import dev.pushpull.advice.LiveScale;
import dev.pushpull.advice.Question;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.Check;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the best candidates live, each so much faster that it fits into the time given. */
final class LiveChecks {
    private LiveChecks() {}

    /** @param warnings what could not be measured, and why, is added */
    static List<Check> of(Question question, List<Candidate> candidates, long durationNanos, List<String> warnings)
            throws IOException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        for (Candidate candidate : candidates) {
            try {
                LiveScale scale = LiveScale.of(question, candidate, durationNanos);
                Outcome outcome = new Comparison(
                                scale.scenario(), List.of(scale.mode()), new Interruption(), RunListener.NONE)
                        .run()
                        .outcomes()
                        .get(0);
                if (outcome.valid()) {
                    checks.addAll(scale.checks(candidate, outcome));
                    warnings.add("%s was measured live %s times faster than asked"
                            .formatted(candidate.mode(), Decimals.significant(scale.factor())));
                } else {
                    warnings.add("the live run of %s is invalid: %s"
                            .formatted(candidate.mode(), String.join("; ", outcome.invalid())));
                }
            } catch (InvalidInputException e) {
                warnings.add("%s was not measured live: %s".formatted(candidate.mode(), e.getMessage()));
            }
        }
        return checks;
    }
}
