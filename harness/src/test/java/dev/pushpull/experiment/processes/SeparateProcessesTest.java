package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.ComparisonTest;
import dev.pushpull.experiment.ProcessCpuTest;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.TrialGroup;
import dev.pushpull.experiment.run.TrialSetup;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.ProcessFigures;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.testing.SharedClasses;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Provider and consumers in JVMs of their own. */
@Timeout(300)
@Tag("live")
@ExtendWith(SharedClasses.ForTheProgram.class)
class SeparateProcessesTest {
    @Test
    void everyModeComesToBalancedBooksOverTheSameEventsAsInOneProcess() throws Exception {
        List<DeliveryMode> modes = DeliveryModes.all();
        Scenario scenario = scenario(modes.stream().map(DeliveryMode::name).toList());
        Comparison.Result result = new Comparison(
                        scenario, modes, new Interruption(), RunListener.NONE, ComparisonTest.unwarmed(modes))
                .withJournal()
                .inSeparateProcesses()
                .run();
        assertThat(result.outcomes()).hasSameSizeAs(modes);
        long planned = EventPlan.draw(scenario).size();
        for (Outcome outcome : result.outcomes()) {
            ComparisonTest.assertBalanced(outcome);
            assertThat(outcome.counts().events()).as(outcome.mode()).isEqualTo(planned);
            assertThat(outcome.counts().delivered()).as(outcome.mode()).isEqualTo(planned);
            assertThat(outcome.timeline().stream().mapToLong(s -> s.events()).sum())
                    .isEqualTo(planned);
            assertThat(outcome.timeline().stream().mapToLong(s -> s.requests()).sum())
                    .as("both sides' requests, second by second: " + outcome.mode())
                    .isEqualTo(outcome.counts().requests());
            assertThat(outcome.cpuMillis().get("provider")).isPositive();
            assertThat(outcome.cpuMillis().get("consumer")).isPositive();
        }
        assertThat(result.processes())
                .extracting(ProcessFigures::name)
                .containsExactly("provider", "poller", "receiver", "harness");
        assertThat(result.processes())
                .allSatisfy(process -> assertThat(process.mostResidentBytes()).isPositive());
        ProcessCpuTest.assertThatPartsMakeUpTheKernelsFigures(result.processes().subList(0, 3));
        assertThat(result.journal().stream().filter(step -> step.step() == JournalStep.Step.RECEIVED))
                .as("consumers know the ids that only the provider gave")
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.eventId()).startsWith("evt_"));
        assertNothingArrivedBeforeItBeganToBeLogged(result.journal());
    }

    private static void assertNothingArrivedBeforeItBeganToBeLogged(List<JournalStep> journal) {
        Map<String, Long> begun = new HashMap<>();
        journal.stream()
                .filter(step -> step.step() == JournalStep.Step.OCCURRED)
                .forEach(step -> begun.put(step.mode() + step.eventId(), step.untilNanos()));
        assertThat(journal.stream().filter(step -> step.step() == JournalStep.Step.RECEIVED))
                .allSatisfy(step ->
                        assertThat(step.fromNanos()).isGreaterThanOrEqualTo(begun.get(step.mode() + step.eventId())));
    }

    @Test
    void aPartThatDiesIsNamedAndNoneSurvives() throws Exception {
        DeliveryMode webhook = mode("webhook");
        Scenario scenario = scenario(List.of("webhook"));
        List<Long> pids;
        try (SeparateProcesses processes = new SeparateProcesses()) {
            try (TrialGroup group =
                    processes.open(new TrialSetup(scenario, EventPlan.draw(scenario), List.of(webhook), 0))) {
                pids = processes.pids();
                assertThat(pids).hasSize(2);
                ProcessHandle receiver = ProcessHandle.of(pids.get(1)).orElseThrow();
                receiver.destroyForcibly();
                receiver.onExit().get(30, TimeUnit.SECONDS);
                assertThatThrownBy(() -> group.trials().get(0).complete())
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("ended before its time");
            }
        }
        assertThat(pids)
                .noneMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    }

    @Test
    void aTraceReachesTheOtherProcessWhole() {
        TraceArrivals trace = TraceArrivals.of("trace.txt", 0, new long[] {10_000_000_000L, 12_000_000_000L}, 2, 0);
        Scenario plain = scenario(List.of("polling"));
        Scenario scenario = plain.withEvents(plain.events()
                .withArrivals(trace)
                .withStreams(Scenario.Streams.SHARED)
                .withConsumers(2));
        ChildMessages.Open sent = ChildMessages.Open.of(scenario, 0, "", ChildMessages.Where.WHOLE, List.of());
        ChildMessages.Open received = ChildMessages.read(ChildMessages.text(sent), ChildMessages.Open.class);
        TraceArrivals there = (TraceArrivals) received.scenario().events().arrivals();
        assertThat(there.originalEpochNanos()).containsExactly(trace.originalEpochNanos());
        assertThat(EventPlan.draw(received.scenario()).size())
                .isEqualTo(EventPlan.draw(scenario).size());
    }

    private static DeliveryMode mode(String name) {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Scenario scenario(List<String> modes) {
        Scenario scenario = ComparisonTest.scenario(
                new PoissonArrivals(5),
                Scenario.Streams.PER_CONSUMER,
                4,
                2 * ComparisonTest.SECOND,
                200 * ComparisonTest.MILLISECOND);
        return scenario.withRun(scenario.run().withModes(modes))
                .withModeOptions(Map.of("--reconcile", "500ms", "--wait", "1s"));
    }
}
