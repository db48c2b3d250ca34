package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A comparison while it runs, on its page. */
class WatchedComparisonInBrowserTest extends Browser {
    @Test
    void whatIsDrawnIsWhatTheJournalHas() throws Exception {
        List<String> names = List.of("polling", "webhook", "sse");
        List<DeliveryMode> modes = DeliveryModes.all().stream()
                .filter(mode -> names.contains(mode.name()))
                .toList();
        Scenario demo = DemoCommand.scenario();
        Scenario scenario = demo.withRun(demo.run().withModes(names).withDurationNanos(1_500_000_000L))
                .withPolling(demo.polling().withIntervalNanos(200_000_000L));
        try (Watching watching = Watching.of("A test", Optional.empty(), RunListener.NONE)) {
            driver().get(watching.address().toString());
            Comparison.Result result = new Comparison(scenario, modes, new Interruption(), watching)
                    .withJournal()
                    .run();

            for (int lane = 0; lane < modes.size(); lane++) {
                String mode = modes.get(lane).name();
                TreeSet<String> kept = new TreeSet<>();
                result.journal().stream()
                        .filter(step -> step.mode().equals(mode) && seen(step))
                        .forEach(step -> kept.add(step.step().ordinal() + " " + step.consumer() + " " + step.sequence()
                                + " " + step.number() + " " + step.status()));
                String shown =
                        "pushpull.watch.lanes()[%d].steps.filter(%s).map(s => [s.kind, s.consumer, s.sequence, s.number, s.status].join(' '))"
                                .formatted(lane, SEEN);
                await("new Set(%s).size >= %d".formatted(shown, kept.size()));
                assertThat(new TreeSet<>((List<?>) script("return " + shown)))
                        .as(mode)
                        .isEqualTo(kept);
            }
            await("pushpull.watch.lanes().every(l => l.steps.filter(" + SEEN + ").every(s => s.drawn))");
            assertThat(watching.cost()).isPresent();
        }
    }

    /** What is finished is not drawn, and a connection is told of when it opens, too. */
    private static final String SEEN = "s => s.kind !== 3 && s.kind !== 5";

    private static boolean seen(JournalStep step) {
        return step.step() != Step.HELD && step.step() != Step.PROCESSED;
    }
}
