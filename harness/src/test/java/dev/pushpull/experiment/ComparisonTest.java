package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SteadinessVerdict;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs on real sockets. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
public class ComparisonTest {
    public static final long MILLISECOND = 1_000_000;
    public static final long SECOND = 1000 * MILLISECOND;

    @Test
    @Tag("timing")
    void theBooksBalanceAndTheFiguresAreThoseOfTheory() throws Exception {
        Scenario scenario =
                scenario(new PoissonArrivals(4), Scenario.Streams.PER_CONSUMER, 20, 5 * SECOND, 200 * MILLISECOND);
        Comparison.Result result = run(scenario, new Interruption(), RunListener.NONE);
        Outcome polling = outcome(result, "polling");
        Outcome webhook = outcome(result, "webhook");

        for (Outcome outcome : result.outcomes()) {
            assertBalanced(outcome);
            assertThat(outcome.counts().missedInAll()).isZero();
            assertThat(outcome.counts().duplicates()).isZero();
            assertThat(outcome.counts().delivered()).isEqualTo(outcome.counts().expected());
        }
        assertThat(polling.counts().events())
                .as("every mode sees the same events")
                .isEqualTo(webhook.counts().events());

        long polls = polling.counts().polls();
        assertThat(polls + polling.counts().skippedPolls()).isEqualTo(20 * 5 * 5);
        double expectedWaste = Math.exp(-0.8);
        double edge = 1.0 / 25 * ((1 - expectedWaste) / 0.8 - expectedWaste); // the first window is shorter than T
        double standardError = Math.sqrt(expectedWaste * (1 - expectedWaste) / polls);
        assertThat((double) polling.counts().emptyPolls() / polls)
                .isCloseTo(expectedWaste + edge, within(4 * standardError));

        double deliveries = polling.counts().delivered();
        double meanError = 200 / Math.sqrt(12) / Math.sqrt(deliveries);
        double stretched = polling.pollLateness().maxMillis().orElseThrow()
                + polling.roundTrip().maxMillis().orElseThrow()
                + (polling.counts().skippedPolls() > 0 ? 200 : 0);
        assertThat(polling.latency().meanMillis().orElseThrow())
                .as("T/2, and at most what this run's own polls were late and on their way")
                .isBetween(100 - 4 * meanError, 100 + 4 * meanError + stretched);
        assertThat(webhook.latency().quantileMillis(0.5).orElseThrow())
                .as("sooner than polling on the same machine at the same time")
                .isLessThan(polling.latency().quantileMillis(0.5).orElseThrow());
        assertThat(webhook.counts().attempts()).isEqualTo(webhook.counts().delivered());
        assertThat(result.noise().hiccups().count()).isPositive();
        assertThat(result.noise().floorRoundTrip().count()).isPositive();
    }

    @Test
    void theTimelineAddsUpToTheSummary() throws Exception {
        Scenario scenario =
                scenario(BurstyArrivals.ofMeanRate(10), Scenario.Streams.SHARED, 5, 2 * SECOND, 100 * MILLISECOND);
        for (Outcome outcome : unwarmed(scenario).outcomes()) {
            Outcome.Counts counts = outcome.counts();
            assertBalanced(outcome);
            assertThat(counts.expected()).isEqualTo(5 * counts.events());
            assertThat(outcome.timeline().stream()
                            .mapToLong(second -> second.events())
                            .sum())
                    .isEqualTo(counts.events());
            assertThat(outcome.timeline().stream()
                            .mapToLong(second -> second.deliveries())
                            .sum())
                    .isEqualTo(counts.delivered());
            assertThat(outcome.timeline().stream()
                            .mapToLong(second -> second.requests())
                            .sum())
                    .isEqualTo(counts.requests());
            assertThat(outcome.timeline().stream()
                            .mapToLong(second -> second.emptyRequests())
                            .sum())
                    .isEqualTo(counts.emptyPolls());
            assertThat(outcome.latencyBySecond().stream()
                            .mapToLong(second -> second.latency().count())
                            .sum())
                    .isEqualTo(outcome.latency().count());
            assertThat(outcome.conditions().steadiness().slices().stream()
                            .mapToLong(SteadinessVerdict.Slice::count)
                            .sum())
                    .isEqualTo(outcome.latency().count());
        }
    }

    @Test
    void pagesAreDrainedAndTheirRequestsCounted() throws Exception {
        Scenario wide =
                scenario(new PoissonArrivals(100), Scenario.Streams.PER_CONSUMER, 2, 2 * SECOND, 500 * MILLISECOND);
        Scenario scenario = wide.withPolling(wide.polling().withPageLimit(10));
        Outcome polling = outcome(unwarmed(scenario), "polling");
        assertBalanced(polling);
        assertThat(polling.counts().delivered()).isEqualTo(polling.counts().expected());
        assertThat(polling.counts().requests() - polling.counts().polls())
                .as("about fifty events in every poll make five pages of ten")
                .isGreaterThan(3 * polling.counts().polls());
    }

    @Test
    void whatRetentionDropsIsMissedForThatReason() throws Exception {
        Scenario kept =
                scenario(new PoissonArrivals(100), Scenario.Streams.PER_CONSUMER, 2, 2 * SECOND, 500 * MILLISECOND);
        Scenario scenario = kept.withEvents(kept.events().withRetention(10));
        Comparison.Result result = unwarmed(scenario);
        Outcome polling = outcome(result, "polling");
        assertBalanced(polling);
        assertThat(polling.counts().missed()).containsOnlyKeys("dropped by retention");
        assertThat(outcome(result, "webhook").counts().missedInAll()).isZero();
    }

    @Test
    void anInterruptedRunKeepsWhatItMeasuredAndItsBooksBalance() throws Exception {
        Scenario scenario =
                scenario(new PoissonArrivals(20), Scenario.Streams.PER_CONSUMER, 10, 600 * SECOND, 100 * MILLISECOND);
        Interruption interruption = new Interruption();
        Comparison.Result result = run(scenario, interruption, new RunListener() {
            @Override
            public void phase(String what) {}

            @Override
            public void progress(Progress progress) {
                if (progress.deliveries() > 200) {
                    interruption.request();
                }
            }
        });
        assertThat(result.measuredNanos()).isBetween(1L, 599 * SECOND);
        for (Outcome outcome : result.outcomes()) {
            assertBalanced(outcome);
            assertThat(outcome.counts().delivered()).isGreaterThan(50);
            assertThat(outcome.counts().expected()).isEqualTo(outcome.counts().events());
            assertThat(outcome.counts().delivered() + outcome.counts().missedInAll())
                    .isEqualTo(outcome.counts().expected());
        }
    }

    @Test
    void isolatedModesSeeTheSameEvents() throws Exception {
        Scenario together =
                scenario(new PoissonArrivals(20), Scenario.Streams.PER_CONSUMER, 3, 2 * SECOND, 100 * MILLISECOND);
        Scenario scenario = together.withRun(together.run().withIsolate(true));
        Comparison.Result result = run(scenario, new Interruption(), RunListener.NONE);
        result.outcomes().forEach(ComparisonTest::assertBalanced);
        assertThat(outcome(result, "polling").counts().events())
                .isEqualTo(outcome(result, "webhook").counts().events());
    }

    @Test
    void trialsDifferInTheirEventsAndAreThoseOfTheSameEventsToEveryMode() throws Exception {
        Scenario scenario =
                scenario(new PoissonArrivals(20), Scenario.Streams.PER_CONSUMER, 5, SECOND, 100 * MILLISECOND);
        List<String> phases = new ArrayList<>();
        RunListener listens = new RunListener() {
            @Override
            public void phase(String what) {
                phases.add(what);
            }

            @Override
            public void progress(Progress progress) {}
        };
        Comparison.Result result = comparison(scenario, new Interruption(), listens, unwarmed(modes(scenario)))
                .withTrials(3)
                .run();
        assertThat(result.outcomes()).extracting(Outcome::trial).containsExactly(1, 1, 2, 2, 3, 3);
        assertThat(result.outcomes())
                .extracting(Outcome::mode)
                .containsExactly("polling", "webhook", "polling", "webhook", "polling", "webhook");
        List<Long> events = result.outcomes().stream()
                .map(outcome -> outcome.counts().events())
                .toList();
        for (int trial = 0; trial < 3; trial++) {
            assertThat(events.get(2 * trial)).as("paired").isEqualTo(events.get(2 * trial + 1));
        }
        assertThat(events.stream().distinct().count())
                .as("a hundred events on average, drawn anew each time with this seed")
                .isGreaterThan(1);
        result.outcomes().forEach(ComparisonTest::assertBalanced);
        assertThat(phases)
                .as("another mode comes first in turn")
                .contains(
                        "measuring polling, webhook, trial 1 of 3",
                        "measuring webhook, polling, trial 2 of 3",
                        "measuring polling, webhook, trial 3 of 3");
        assertThat(result.agreement()).extracting(line -> line.mode()).contains("polling", "webhook");
        assertThat(result.outcomes())
                .allSatisfy(outcome ->
                        assertThat(outcome.conditions().measuredNanos()).isEqualTo(SECOND));
    }

    public static void assertBalanced(Outcome outcome) {
        assertThat(outcome.ledger().accounts()).hasSizeGreaterThan(5);
        assertThat(outcome.ledger().unbalanced()).as(outcome.mode()).isEmpty();
        assertThat(outcome.invalid()).noneMatch(reason -> reason.contains("books") || reason.contains("before their"));
    }

    static Outcome outcome(Comparison.Result result, String mode) {
        return result.outcomes().stream()
                .filter(outcome -> outcome.mode().equals(mode))
                .findFirst()
                .orElseThrow();
    }

    /** Of modes that have warmed up: only how long their ways take is learned beforehand. */
    public static Comparison warm(Scenario scenario, List<DeliveryMode> modes) {
        return new Comparison(scenario, modes, new Interruption(), RunListener.NONE, true);
    }

    /** As if these modes had warmed up: no figure that needs it is looked at. */
    public static WarmedUp unwarmed(List<DeliveryMode> modes) {
        Map<String, Scenario.Network> legs =
                modes.stream().collect(Collectors.toMap(DeliveryMode::name, mode -> Scenario.Network.NONE));
        return new WarmedUp(legs, List.of());
    }

    static Comparison.Result run(Scenario scenario, Interruption interruption, RunListener listener) throws Exception {
        return comparison(scenario, interruption, listener, WarmedUp.NOT).run();
    }

    private static Comparison.Result unwarmed(Scenario scenario) throws Exception {
        return comparison(scenario, new Interruption(), RunListener.NONE, unwarmed(modes(scenario)))
                .run();
    }

    private static Comparison comparison(
            Scenario scenario, Interruption interruption, RunListener listener, WarmedUp known) {
        return new Comparison(scenario, modes(scenario), interruption, listener, known);
    }

    private static List<DeliveryMode> modes(Scenario scenario) {
        return DeliveryModes.all().stream()
                .filter(mode -> scenario.run().modes().contains(mode.name()))
                .toList();
    }

    public static Scenario scenario(
            ArrivalProcess arrivals, Scenario.Streams streams, int consumers, long durationNanos, long intervalNanos) {
        Scenario usual = ScenarioDraft.of(arrivals, 1).scenario();
        return usual.withEvents(usual.events()
                        .withStreams(streams)
                        .withConsumers(consumers)
                        .withPayloadBytes(100)
                        .withType("test"))
                .withPolling(usual.polling().withIntervalNanos(intervalNanos))
                .withRun(usual.run().withDurationNanos(durationNanos));
    }
}
