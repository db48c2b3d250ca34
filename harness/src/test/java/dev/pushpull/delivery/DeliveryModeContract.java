package dev.pushpull.delivery;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.event.EventDraft;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.run.TerminalReport;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.TimelineSecond;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.BreakableRelay;
import dev.pushpull.testing.ScenarioDraft;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every delivery mode owes, whoever wrote it. A mode that the {@code ServiceLoader} finds is in here without a word.
 *
 * <ul>
 *   <li>Live, its books balance, and its timeline adds up to its summary.
 *   <li>In virtual time its books balance too, whatever goes wrong; its bytes are those of a live run within 2 %, and no
 *       figure depends on the number of cores.
 *   <li>Its closed form names metrics that there are, and calls no value that is not a number known.
 *   <li>Its consumers stop when they are told to, also when nobody answers them.
 *   <li>They survive a connection that breaks in the middle: what was lost comes again.
 *   <li>A provider that cannot be reached is one clear error.
 *   <li>A run that is interrupted keeps what was measured, and its books balance.
 *   <li>Alone, it is called by its name and described in its own sentence, on the terminal, in Markdown and in HTML.
 * </ul>
 */
class DeliveryModeContract {
    private static final long SECOND = 1_000_000_000L;
    private static final double RUN_SECONDS = 4;

    /** Much less than waiting for anything else would take. */
    private static final long STOPS_WITHIN_NANOS = 5 * SECOND;

    @TempDir
    private Path folder;

    static List<DeliveryMode> modes() {
        return DeliveryModes.all();
    }

    private static Scenario scenario(DeliveryMode mode, double seconds) {
        Scenario drafted = ScenarioDraft.of(new PoissonArrivals(5), 0.5)
                .consumers(8)
                .duration(seconds)
                .scenario();
        Scenario scenario = drafted.withRun(drafted.run().withModes(List.of(mode.name())));
        mode.check(scenario);
        return scenario;
    }

    /** All of them side by side over the same events, run once. */
    private static final class SideBySide {
        static final Map<String, Outcome> OUTCOMES = run();

        private static Map<String, Outcome> run() {
            Scenario scenario = scenario(modes().get(0), RUN_SECONDS);
            List<String> names = modes().stream().map(DeliveryMode::name).toList();
            Map<String, Scenario.Network> legs =
                    names.stream().collect(Collectors.toMap(name -> name, name -> Scenario.Network.NONE));
            try {
                return new Comparison(
                                scenario.withRun(scenario.run().withModes(names)),
                                modes(),
                                new Interruption(),
                                RunListener.NONE,
                                legs)
                        .run().outcomes().stream().collect(Collectors.toMap(Outcome::mode, outcome -> outcome));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Outcome virtual(DeliveryMode mode, Scenario scenario) {
        Seeds seeds = new Seeds(scenario.run().seed());
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        return mode.virtual().simulate(scenario, events, seeds);
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Tag("live")
    void liveItsBooksBalanceAndItsTimelineAddsUpAndVirtualTimeCountsTheSameBytes(DeliveryMode mode) {
        Scenario scenario = scenario(mode, RUN_SECONDS);
        Outcome live = SideBySide.OUTCOMES.get(mode.name());

        assertThat(live.ledger().accounts()).hasSizeGreaterThan(5);
        assertThat(live.ledger().unbalanced()).isEmpty();
        Outcome.Counts counts = live.counts();
        assertThat(counts.delivered()).isEqualTo(counts.expected()).isPositive();
        assertThat(sum(live, TimelineSecond::events)).isEqualTo(counts.events());
        assertThat(sum(live, TimelineSecond::deliveries)).isEqualTo(counts.delivered());
        assertThat(sum(live, TimelineSecond::requests)).isEqualTo(counts.requests());
        assertThat(sum(live, TimelineSecond::emptyRequests)).isEqualTo(counts.emptyPolls());
        assertThat(sum(live, TimelineSecond::bytesToProvider)).isEqualTo(counts.bytesToProvider());
        assertThat(sum(live, TimelineSecond::bytesToConsumer)).isEqualTo(counts.bytesToConsumer());
        assertThat(live.traits()).isEqualTo(mode.traits());

        Outcome.Counts virtual = virtual(mode, scenario).counts();
        assertThat(virtual.expected()).isEqualTo(counts.expected());
        assertThat((double) virtual.bytesToProvider() + virtual.bytesToConsumer())
                .as("bytes in virtual time: %s; live: %s", virtual, counts)
                .isCloseTo(counts.bytesToProvider() + counts.bytesToConsumer(), withinPercentage(2));
    }

    private static long sum(Outcome outcome, ToLongFunction<TimelineSecond> column) {
        return outcome.timeline().stream().mapToLong(column).sum();
    }

    static Stream<Scenario> troubles() {
        ScenarioDraft draft =
                ScenarioDraft.of(new PoissonArrivals(2), 3).consumers(30).duration(600);
        return Stream.of(
                        draft,
                        draft.shared().pageLimit(2).retention(5),
                        draft.legs(0.2, 0.1).wire(true, 0.04, 0).outage(100, 60),
                        draft.wire(false, 0.04, 2).failureRate(0.3).outage(50, 400),
                        draft.outage(590, 100))
                .map(ScenarioDraft::scenario);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void inVirtualTimeItsBooksBalanceWhateverGoesWrongAndOnAnyNumberOfCores(DeliveryMode mode) {
        troubles().forEach(scenario -> {
            Outcome outcome = on(1, mode, scenario);
            assertThat(outcome.ledger().unbalanced())
                    .as("%s", scenario.faults())
                    .isEmpty();
            assertThat(outcome.invalid()).isEmpty();
            assertThat(outcome.counts().expected()).isPositive();
            assertThat(outcome.latency().count()).isEqualTo(outcome.counts().delivered());
            Outcome again = on(3, mode, scenario);
            assertThat(again.counts()).isEqualTo(outcome.counts());
            assertThat(again.intervals()).isEqualTo(outcome.intervals());
            assertThat(again.latency().histogram()).isEqualTo(outcome.latency().histogram());
            assertThat(again.latency().sumNanos()).isEqualTo(outcome.latency().sumNanos());
        });
    }

    private static Outcome on(int cores, DeliveryMode mode, Scenario scenario) {
        ForkJoinPool pool = new ForkJoinPool(cores);
        try {
            return pool.submit(() -> virtual(mode, scenario)).join();
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void itsClosedFormIsNumbersOrNothing(DeliveryMode mode) {
        troubles().forEach(scenario -> {
            Optional<Prediction> prediction = mode.theory().predict(scenario);
            prediction.ifPresent(known -> assertThat(known.figures().values()).allSatisfy(figure -> {
                assertThat(figure.value()).isFinite();
                assertThat(figure.formula()).isNotBlank();
                assertThat(figure.assumption()).isNotBlank();
            }));
        });
    }

    /** A provider with the mode's own surface, on a port of its own. */
    private static ProviderServer provider(DeliveryMode mode, Scenario scenario) throws IOException {
        return new ProviderServer(
                ProviderSettings.onLoopback(scenario),
                Outbox.inMemory(),
                new RoleThreads(mode.name(), RoleThreads.PROVIDER),
                NanoClock.SYSTEM,
                AttemptListener.NONE,
                mode.live().surfaces());
    }

    private static void occur(ProviderServer provider, Scenario scenario, int number) {
        for (int stream = 0; stream < scenario.events().streamCount(); stream++) {
            HostClocks now = HostClocks.now(NanoClock.SYSTEM);
            provider.append(
                    new EventDraft(
                            "evt_%d_%d".formatted(stream, number),
                            scenario.events().streamName(stream),
                            "test.event",
                            now.epochNanos(),
                            "{}"),
                    now.monotonicNanos());
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Tag("live")
    void itSurvivesAConnectionThatBreaksAndStopsWhenToldTo(DeliveryMode mode) throws Exception {
        Scenario scenario = scenario(mode, 60);
        Recorder recorder = new Recorder(scenario.events().consumers());
        try (ProviderServer provider = provider(mode, scenario);
                BreakableRelay relay = new BreakableRelay(provider.address());
                LiveConsumers consumers = mode.live().connect(relay.address(), scenario, recorder)) {
            long startNanos = NanoClock.SYSTEM.nanoTime();
            recorder.start(startNanos, scenario.run().durationNanos());
            consumers.start(startNanos);
            occur(provider, scenario, 1);
            int each = scenario.events().consumers();
            eventually("the first is there", () -> recorder.deliveredSoFar() == each);

            relay.breakAll();
            occur(provider, scenario, 2);
            eventually("the second is there all the same", () -> recorder.deliveredSoFar() == 2L * each);
            relay.breakAll();
            occur(provider, scenario, 3);
            eventually("the third too", () -> recorder.deliveredSoFar() == 3L * each);

            long toldNanos = NanoClock.SYSTEM.nanoTime();
            consumers.askNoMore();
            provider.letGo();
            provider.stop(SECOND);
            consumers.stop(SECOND);
            assertThat(NanoClock.SYSTEM.nanoTime() - toldNanos).isLessThan(STOPS_WITHIN_NANOS);
            assertThat(recorder.record().malformed()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Tag("live")
    void itStopsThoughItsProviderHasGone(DeliveryMode mode) throws Exception {
        Scenario scenario = scenario(mode, 60);
        Recorder recorder = new Recorder(scenario.events().consumers());
        ProviderServer provider = provider(mode, scenario);
        try (LiveConsumers consumers = mode.live().connect(provider.address(), scenario, recorder)) {
            long startNanos = NanoClock.SYSTEM.nanoTime();
            recorder.start(startNanos, scenario.run().durationNanos());
            consumers.start(startNanos);
            occur(provider, scenario, 1);
            eventually(
                    "it works",
                    () -> recorder.deliveredSoFar() == scenario.events().consumers());
            provider.close();
            long toldNanos = NanoClock.SYSTEM.nanoTime();
            consumers.askNoMore();
            consumers.stop(SECOND);
            assertThat(NanoClock.SYSTEM.nanoTime() - toldNanos).isLessThan(STOPS_WITHIN_NANOS);
        } finally {
            provider.close();
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aProviderThatCannotBeReachedIsOneClearError(DeliveryMode mode) throws Exception {
        Scenario scenario = scenario(mode, 60);
        int deaf;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            deaf = taken.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + deaf);
        long before = threads(mode);
        assertThatThrownBy(() -> mode.live()
                        .connect(
                                nobody, scenario, new Recorder(scenario.events().consumers()))
                        .close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.toString(deaf));
        eventually("no thread is left of it", () -> threads(mode) <= before);
    }

    private static long threads(DeliveryMode mode) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(mode.name() + ":") || name.startsWith("http timeouts"))
                .count();
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Tag("live")
    void anInterruptedRunKeepsWhatWasMeasuredAndBalances(DeliveryMode mode) throws Exception {
        Scenario scenario = scenario(mode, 60);
        Interruption interruption = new Interruption();
        RunListener interrupts = new RunListener() {
            @Override
            public void phase(String what) {
                // no matter which
            }

            @Override
            public void progress(Progress progress) {
                if (progress.deliveries() > 0) {
                    interruption.request();
                }
            }
        };
        Comparison.Result result = new Comparison(
                        scenario, List.of(mode), interruption, interrupts, Map.of(mode.name(), Scenario.Network.NONE))
                .run();
        Outcome outcome = result.outcomes().get(0);
        assertThat(result.measuredNanos()).isLessThan(scenario.run().durationNanos());
        assertThat(outcome.counts().delivered()).isPositive();
        assertThat(outcome.ledger().unbalanced()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aloneItIsCalledByItsNameAndDescribedByItsOwnSentence(DeliveryMode mode) throws IOException {
        Scenario scenario = scenario(mode, 600);
        RunRecord run = new RunRecord(
                RunRecord.SCHEMA_VERSION,
                "alone",
                "simulate",
                List.of("pushpull", "simulate"),
                "2026-11-23T13:52:22Z",
                scenario.run().durationNanos(),
                scenario,
                List.of(virtual(mode, scenario).declared(mode.traits())),
                RunRecord.Noise.none(),
                Map.of(),
                false,
                List.of());
        RunResults.write(run, folder);
        Map<String, String> texts = Map.of(
                "terminal", TerminalReport.render(run, Optional.empty(), false, true),
                "Markdown", Files.readString(folder.resolve("table.md")).replace("\\", ""),
                "HTML", Files.readString(folder.resolve("report.html")).replaceAll("<[^>]*>", " "));
        texts.forEach((form, text) -> assertThat(text.replaceAll("\\s+", " "))
                .as(form)
                .containsIgnoringCase("only " + mode.traits().called())
                .contains(mode.traits().sentence()));
    }
}
