package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.Feasibility;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.MachineLimits;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("live")
class FeasibilityTest {
    private static final long GIBIBYTE = 1L << 30;
    private static final MachineLimits ORDINARY = new MachineLimits(20_000, 100, 28_232, 32_000, GIBIBYTE);

    @Test
    void tenThousandConsumersThatPollOrTakeWebhooksFitAnOrdinaryMachine() {
        assertThatCode(() -> check(10_000, ORDINARY, "polling", "webhook", "hybrid"))
                .doesNotThrowAnyException();
    }

    @Test
    void heldPollsNeedTwoSocketsEach() {
        assertThatCode(() -> check(9_800, ORDINARY, "long-polling")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(10_000, ORDINARY, "long-polling"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "--consumers: '10000' is not accepted here: 10,000 connections at once need about"
                                + " 20,300 file descriptors and there are 20,000; accepted: fewer, or 'ulimit -n 20300'");
    }

    @Test
    void streamsDoToo() {
        assertThatCode(() -> check(9_800, ORDINARY, "sse")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(10_000, ORDINARY, "sse"))
                .hasMessageContaining("10,000 connections at once need about 20,300 file descriptors");
    }

    /** The limit of open files is each process's own. */
    @Test
    void inSeparateProcessesEachHoldsOneOfTheTwoSockets() {
        Scenario fits = scenario(10_000, "sse");
        assertThatCode(() -> Feasibility.check(fits, modes(fits), ORDINARY, true))
                .doesNotThrowAnyException();
        Scenario tooMany = scenario(10_000, "sse", "websocket");
        assertThatThrownBy(() -> Feasibility.check(tooMany, modes(tooMany), ORDINARY, true))
                .hasMessageContaining("20,000 connections at once need about 20,300 file descriptors");
    }

    @Test
    void heldPollsNeedAPortAndAThreadEach() {
        MachineLimits manyFiles = new MachineLimits(1_000_000, 100, 28_232, 1_000_000, GIBIBYTE);
        assertThatThrownBy(() -> check(30_000, manyFiles, "long-polling"))
                .hasMessageContaining(
                        "long-polling holds 30,000 connections to one address at once and there are 28,232"
                                + " ephemeral ports");
        MachineLimits fewThreads = new MachineLimits(1_000_000, 100, 28_232, 4_096, GIBIBYTE);
        assertThatThrownBy(() -> check(5_000, fewThreads, "long-polling"))
                .hasMessageContaining("5,000 requests at once need a thread each");
    }

    @Test
    void aHeapThatCannotHoldThemIsTooSmall() {
        MachineLimits small = new MachineLimits(20_000, 100, 28_232, 32_000, 64L << 20);
        assertThatThrownBy(() -> check(50_000, small, "polling", "webhook"))
                .hasMessageContaining("MiB of heap and there are 64 MiB")
                .hasMessageContaining("PUSHPULL_JAVA_OPTS=-Xmx");
    }

    @Test
    void modesOneAfterAnotherNeedNoMoreThanTheMostDemandingOfThem() {
        MachineLimits tight = new MachineLimits(900, 100, 28_232, 32_000, GIBIBYTE);
        assertThatThrownBy(() -> check(10_000, tight, "polling", "conditional-polling", "webhook"))
                .hasMessageContaining("file descriptors");
        Scenario scenario = scenario(10_000, "polling", "conditional-polling", "webhook");
        Scenario isolated = scenario.withRun(scenario.run().withIsolate(true));
        assertThatCode(() -> Feasibility.check(isolated, modes(isolated), tight, false))
                .doesNotThrowAnyException();
    }

    static Stream<Scenario.Wire> wires() {
        return Stream.of(Scenario.Wire.LOOPBACK, new Scenario.Wire(false, 1_000_000, 10 * ComparisonTest.SECOND));
    }

    @ParameterizedTest
    @MethodSource("wires")
    void aRunTakesNoMoreFileDescriptorsThanAreCountedForIt(Scenario.Wire wire) throws Exception {
        Scenario scenario = ComparisonTest.scenario(
                        new PeriodicArrivals(4),
                        Scenario.Streams.SHARED,
                        150,
                        ComparisonTest.SECOND,
                        200 * ComparisonTest.MILLISECOND)
                .withWire(wire);
        long before = MachineLimits.here().usedFiles();
        AtomicLong most = new AtomicLong();
        RunListener sampling = new RunListener() {
            @Override
            public void phase(String what) {
                // the maximum over all of them counts
            }

            @Override
            public void progress(Progress progress) {
                most.accumulateAndGet(MachineLimits.here().usedFiles(), Math::max);
            }
        };
        new Comparison(scenario, modes(scenario), new Interruption(), sampling, true).run();
        long taken = most.get() - before;
        assertThat(taken)
                .isGreaterThan(100)
                .isLessThanOrEqualTo(Feasibility.descriptors(scenario, modes(scenario), false));
    }

    @Test
    void thisMachineTellsItsLimits() {
        assertThatCode(() -> check(20, MachineLimits.here(), "polling", "webhook", "long-polling"))
                .doesNotThrowAnyException();
    }

    private static void check(int consumers, MachineLimits limits, String... names) {
        Scenario scenario = scenario(consumers, names);
        Feasibility.check(scenario, modes(scenario), limits, false);
    }

    private static Scenario scenario(int consumers, String... names) {
        Scenario scenario = ComparisonTest.scenario(
                new PoissonArrivals(1 / 30.0),
                Scenario.Streams.PER_CONSUMER,
                consumers,
                ComparisonTest.SECOND,
                ComparisonTest.SECOND);
        return scenario.withRun(scenario.run().withModes(List.of(names)));
    }

    private static List<DeliveryMode> modes(Scenario scenario) {
        return DeliveryModes.all().stream()
                .filter(mode -> scenario.run().modes().contains(mode.name()))
                .toList();
    }
}
