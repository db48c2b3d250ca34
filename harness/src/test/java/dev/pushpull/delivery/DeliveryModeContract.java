// Over 300 lines: everything that a mode must do stands in one list.
package dev.pushpull.delivery;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.run.TerminalReport;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.TimelineSecond;
import dev.pushpull.testing.BreakableRelay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every delivery mode must do, whoever wrote it. Every mode that the {@code ServiceLoader} finds is tested here
 * automatically.
 *
 * <ul>
 *   <li>Live, its books balance, to the byte where nothing breaks, and its timeline adds up to its summary.
 *   <li>In virtual time its books balance too, whatever goes wrong; its bytes are those of a live run but for
 *       digits, and no figure depends on the number of cores.
 *   <li>Its closed form names only known metrics, and gives no value that is not a number.
 *   <li>Its consumers stop when they are told to, even when nobody answers them.
 *   <li>They survive a connection that breaks in the middle: what was lost comes again.
 *   <li>A provider that cannot be reached is one clear error.
 *   <li>An interrupted run keeps what was measured, and its books balance.
 *   <li>When it runs alone, its own name and sentence appear on the terminal, in Markdown and in HTML.
 * </ul>
 */
class DeliveryModeContract {
    private static final long SECOND = 1_000_000_000L;

    /** Cursors, sequences and times have other numbers of digits: on average so many bytes in each message. */
    private static final long DIGITS = 2;

    /** With its answer, and without the events in it. */
    private static final long MOST_BYTES_OF_A_REQUEST = 600;

    private static final long MOST_OTHER_REQUESTS = 8;

    /** Far less than waiting for anything else would take. */
    private static final long STOPS_WITHIN_NANOS = 5 * SECOND;

    @TempDir
    private Path folder;

    static List<DeliveryMode> modes() {
        return DeliveryModes.all();
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Tag("live")
    @Execution(ExecutionMode.CONCURRENT)
    void liveItsBooksBalanceAndItsTimelineAddsUp(DeliveryMode mode) {
        Outcome live = ContractRuns.SideBySide.OUTCOMES.get(mode.name());

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
    }

    /** Nothing breaks in this run, so nothing may be lost with what broke: both sides count the same bytes. */
    @ParameterizedTest
    @MethodSource("modes")
    @Tag("live")
    @Execution(ExecutionMode.CONCURRENT)
    void liveBothSidesCountTheSameBytes(DeliveryMode mode) {
        assertThat(ContractRuns.SideBySide.OUTCOMES.get(mode.name()).ledger().accounts())
                .filteredOn(account -> account.what().startsWith("bytes "))
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(account -> {
                    Map<String, Long> counted = new HashMap<>(account.credit());
                    counted.remove("lost with exchanges cut off", 0L);
                    assertThat(counted.values())
                            .as(account.what())
                            .containsExactlyElementsOf(account.debit().values());
                });
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Tag("live")
    @Execution(ExecutionMode.CONCURRENT)
    void virtualTimeCountsTheBytesOfALiveRun(DeliveryMode mode) {
        Outcome.Counts counts =
                ContractRuns.SideBySide.OUTCOMES.get(mode.name()).counts();
        Outcome.Counts virtual =
                ContractRuns.virtual(mode, ContractRuns.withAQuietEnd()).counts();
        assertThat(virtual.expected()).isEqualTo(counts.expected());
        long others = Math.abs(virtual.requests() - counts.requests());
        assertThat(others).as("requests that a stall saves or adds").isLessThanOrEqualTo(MOST_OTHER_REQUESTS);
        assertThat(virtual.bytesToProvider() + virtual.bytesToConsumer())
                .as("bytes in virtual time: %s; live: %s", virtual, counts)
                .isCloseTo(
                        counts.bytesToProvider() + counts.bytesToConsumer(),
                        within(DIGITS * (counts.requests() + counts.delivered()) + others * MOST_BYTES_OF_A_REQUEST));
    }

    private static long sum(Outcome outcome, ToLongFunction<TimelineSecond> column) {
        return outcome.timeline().stream().mapToLong(column).sum();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void inVirtualTimeItsBooksBalanceWhateverGoesWrongAndOnAnyNumberOfCores(DeliveryMode mode) {
        ContractRuns.troubles().forEach(scenario -> {
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
            return pool.submit(() -> ContractRuns.virtual(mode, scenario)).join();
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void itsClosedFormIsNumbersOrNothing(DeliveryMode mode) {
        ContractRuns.troubles().forEach(scenario -> {
            Optional<Prediction> prediction = mode.theory().predict(scenario);
            prediction.ifPresent(known -> assertThat(known.figures().values()).allSatisfy(figure -> {
                assertThat(figure.value()).isFinite();
                assertThat(figure.formula()).isNotBlank();
                assertThat(figure.assumption()).isNotBlank();
            }));
        });
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Tag("live")
    @Execution(ExecutionMode.CONCURRENT)
    void itSurvivesAConnectionThatBreaksAndStopsWhenToldTo(DeliveryMode mode) throws Exception {
        Scenario scenario = ContractRuns.scenario(mode, 60);
        Recorder recorder = new Recorder(scenario.events().consumers());
        try (ProviderServer provider = ContractRuns.provider(mode, scenario);
                BreakableRelay relay = new BreakableRelay(provider.address());
                LiveConsumers consumers = mode.live().connect(relay.address(), scenario, recorder)) {
            long startNanos = NanoClock.SYSTEM.nanoTime();
            recorder.start(startNanos, scenario.run().durationNanos());
            consumers.start(startNanos);
            ContractRuns.occur(provider, scenario, 1);
            int each = scenario.events().consumers();
            eventually("the first is there", () -> recorder.deliveredSoFar() == each);

            relay.breakAll();
            ContractRuns.occur(provider, scenario, 2);
            eventually("the second is there all the same", () -> recorder.deliveredSoFar() == 2L * each);
            relay.breakAll();
            ContractRuns.occur(provider, scenario, 3);
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
    @Execution(ExecutionMode.CONCURRENT)
    void itStopsThoughItsProviderHasGone(DeliveryMode mode) throws Exception {
        Scenario scenario = ContractRuns.scenario(mode, 60);
        Recorder recorder = new Recorder(scenario.events().consumers());
        ProviderServer provider = ContractRuns.provider(mode, scenario);
        try (LiveConsumers consumers = mode.live().connect(provider.address(), scenario, recorder)) {
            long startNanos = NanoClock.SYSTEM.nanoTime();
            recorder.start(startNanos, scenario.run().durationNanos());
            consumers.start(startNanos);
            ContractRuns.occur(provider, scenario, 1);
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
        Scenario scenario = ContractRuns.scenario(mode, 60);
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
    @Execution(ExecutionMode.CONCURRENT)
    void anInterruptedRunKeepsWhatWasMeasuredAndBalances(DeliveryMode mode) throws Exception {
        Scenario scenario = ContractRuns.scenario(mode, 60);
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
                        scenario,
                        List.of(mode),
                        interruption,
                        interrupts,
                        new WarmedUp(Map.of(mode.name(), Scenario.Network.NONE), List.of()))
                .run();
        Outcome outcome = result.outcomes().get(0);
        assertThat(result.measuredNanos()).isLessThan(scenario.run().durationNanos());
        assertThat(outcome.counts().delivered()).isPositive();
        assertThat(outcome.ledger().unbalanced()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aloneItIsCalledByItsNameAndDescribedByItsOwnSentence(DeliveryMode mode) throws IOException {
        Scenario scenario = ContractRuns.scenario(mode, 600);
        RunRecord run = new RunRecord(
                RunRecord.SCHEMA_VERSION,
                "alone",
                "simulate",
                List.of("pushpull", "simulate"),
                "2026-11-23T13:52:22Z",
                scenario.run().durationNanos(),
                scenario,
                List.of(ContractRuns.virtual(mode, scenario).declared(mode.traits())),
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
