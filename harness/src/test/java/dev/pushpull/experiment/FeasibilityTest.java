package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;
import org.junit.jupiter.api.Test;

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
        Scenario.Run run = scenario.run();
        Scenario isolated = scenario.withRun(
                new Scenario.Run(run.modes(), run.durationNanos(), run.drainNanos(), run.seed(), true));
        assertThatCode(() -> Feasibility.check(isolated, modes(isolated), tight, false))
                .doesNotThrowAnyException();
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
        Scenario.Run run = scenario.run();
        return scenario.withRun(
                new Scenario.Run(List.of(names), run.durationNanos(), run.drainNanos(), run.seed(), false));
    }

    private static List<DeliveryMode> modes(Scenario scenario) {
        return DeliveryModes.all().stream()
                .filter(mode -> scenario.run().modes().contains(mode.name()))
                .toList();
    }
}
