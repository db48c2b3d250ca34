package dev.pushpull.cli;

import dev.pushpull.advice.LiveScale;
import dev.pushpull.advice.Question;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.Check;
import dev.pushpull.scenario.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the best candidates live, each so much faster that it fits into the time given. */
final class LiveChecks {
    private LiveChecks() {}

    static List<Check> of(Question question, List<Candidate> candidates, long durationNanos)
            throws IOException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<LiveScale> scale = LiveScale.of(question, candidate, durationNanos);
            if (scale.isPresent()) {
                Outcome outcome = new Comparison(
                                scale.get().scenario(),
                                List.of(scale.get().mode()),
                                new Interruption(),
                                RunListener.NONE)
                        .run()
                        .outcomes()
                        .get(0);
                if (outcome.valid()) {
                    checks.addAll(scale.get().checks(candidate, outcome));
                }
            }
        }
        return checks;
    }
}
