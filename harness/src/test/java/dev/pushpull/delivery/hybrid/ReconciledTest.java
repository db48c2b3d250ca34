package dev.pushpull.delivery.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A poll beside what is pushed; all times in seconds. */
class ReconciledTest {
    private static final String FLAG = "--reconcile";

    private static ScenarioDraft draft() {
        return ScenarioDraft.poisson(1, 2_000).consumers(5).legs(0.02, 0.01);
    }

    static List<DeliveryMode> pushing() {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.traits().pushes())
                .toList();
    }

    private static DeliveryMode named(String name) {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static DeliveryMode accompanied(DeliveryMode mode, Scenario scenario) {
        return DeliveryModes.in(scenario, mode);
    }

    private static Outcome simulated(DeliveryMode mode, Scenario scenario) {
        Seeds seeds = new Seeds(7);
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        Outcome outcome = accompanied(mode, scenario).virtual().simulate(scenario, events, seeds);
        assertThat(outcome.ledger().unbalanced()).isEmpty();
        return outcome;
    }

    @Test
    void itGoesAlongWithWhateverPushesAndWithNothingElse() {
        for (DeliveryMode mode : DeliveryModes.all()) {
            assertThat(DeliveryModes.options(mode).stream()
                            .map(ModeOption::flag)
                            .filter(FLAG::equals))
                    .as(mode.name())
                    .hasSize(mode.traits().pushes() ? 1 : 0);
        }
    }

    @Test
    void withoutItsFlagAModeStaysAsItIs() {
        DeliveryMode sse = named("sse");
        assertThat(accompanied(sse, draft().scenario())).isSameAs(sse);
        assertThat(accompanied(sse, draft().option(FLAG, "10s").scenario())).isNotSameAs(sse);
    }

    @ParameterizedTest
    @MethodSource("pushing")
    void nothingIsLostThatAPollCanFind(DeliveryMode mode) {
        ScenarioDraft troubled = draft().failureRate(0.3)
                .randomOutages(200, 10)
                .option(FLAG, "20s")
                .option("--replay", "none")
                .option("--retry", "none");
        Outcome outcome = simulated(mode, troubled.scenario());
        assertThat(outcome.counts().polls()).isGreaterThan(5 * 2_000 / 20 - 60);
        assertThat(outcome.counts().missed().keySet()).allMatch(reasons -> reasons.contains("not fetched"));
        assertThat(outcome.counts().missed().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isLessThan(20);
        assertThat(outcome.counts().reconfirmed()).isPositive();
    }

    @Test
    void webhooksWithPollsAreTheHybrid() {
        Scenario scenario = draft().failureRate(0.3)
                .randomOutages(200, 10)
                .option(FLAG, "20s")
                .scenario();
        Outcome webhooks = simulated(named("webhook"), scenario);
        Outcome hybrid = simulated(named("hybrid"), scenario);
        assertThat(webhooks.counts()).isEqualTo(hybrid.counts());
        assertThat(webhooks.intervals()).isEqualTo(hybrid.intervals());
        Scenario faultless = draft().failureRate(0.3).option(FLAG, "20s").scenario();
        assertThat(predicted("webhook", faultless)).isEqualTo(predicted("hybrid", faultless));
    }

    /** The hybrid is the name for webhooks with polls, so where both are asked for, webhooks are without. */
    @Test
    void besideTheHybridWebhooksAreWithoutPolls() {
        Scenario both = draft().option(FLAG, "20s")
                .scenario()
                .withRun(draft().scenario().run().withModes(List.of("webhook", "hybrid", "sse")));
        assertThat(accompanied(named("webhook"), both)).isNotInstanceOf(Reconciled.class);
        assertThat(accompanied(named("sse"), both)).isInstanceOf(Reconciled.class);
    }

    private static Prediction predicted(String mode, Scenario scenario) {
        return accompanied(named(mode), scenario).theory().predict(scenario).orElseThrow();
    }

    /** What is true of the hybrid behind something that stands between is true of any mode with polls. */
    @Test
    void whatIsNotFollowedOfPollsOrPushesIsNotFollowedOfBoth() {
        Scenario dying = draft().option(FLAG, "20s")
                .behind(new Middlebox("box", 10_000_000_000L, 0, 0, 0, true, 0))
                .scenario();
        for (DeliveryMode mode : pushing()) {
            assertThat(accompanied(mode, dying).leavesOut(dying))
                    .as(mode.name())
                    .isPresent();
        }
        Scenario narrow = draft().option(FLAG, "20s")
                .behind(new Middlebox("box", 0, 0, 0, 6, false, 0))
                .scenario();
        assertThat(named("sse").leavesOut(narrow)).isEmpty();
        assertThat(accompanied(named("sse"), narrow).leavesOut(narrow))
                .as("5 consumers with a connection of either kind")
                .isPresent();
        assertThat(accompanied(named("webhook"), narrow).leavesOut(narrow)).isEmpty();
    }

    @Test
    void withLegsThatTakeNoTimeItsQuantilesAreKnown() {
        Scenario near = draft().legs(0, 0).option(FLAG, "20s").scenario();
        for (String mode : List.of("webhook", "hybrid", "sse")) {
            Prediction exact = accompanied(named(mode), near)
                    .theory()
                    .predictWithConstantLegs(near)
                    .orElseThrow();
            assertThat(exact.value("latency_p99_ms").orElseThrow()).as(mode).isZero();
            assertThat(predicted(mode, near).value("latency_p99_ms")).as(mode).isEmpty();
        }
    }

    @Test
    void theIntervalIsAChoiceWithThoseOfThePushes() {
        Scenario scenario = draft().option(FLAG, "20s").scenario();
        assertThat(accompanied(named("sse"), scenario).choices())
                .extracting(Choice::flag)
                .containsExactly("--heartbeat", FLAG);
        assertThat(named("hybrid").choices()).extracting(Choice::flag).containsExactly(FLAG);
    }

    @Test
    void webhooksThatAreSentAgainInVainAreCountedWithPolls() {
        Scenario scenario = draft().faults(Scenario.Faults.NONE.withDuplicateRate(0.2))
                .option(FLAG, "20s")
                .scenario();
        for (String mode : List.of("webhook", "hybrid")) {
            Outcome outcome = simulated(named(mode), scenario);
            assertThat((double) outcome.counts().duplicates() / outcome.counts().delivered())
                    .isCloseTo(0.25, within(0.02));
            assertThat((double) outcome.counts().attempts() / outcome.counts().delivered())
                    .isCloseTo(1.25, within(0.02));
            assertThat(predicted(mode, scenario).value("requests_per_delivery").orElseThrow())
                    .isCloseTo(
                            (double) outcome.counts().requests()
                                    / outcome.counts().delivered(),
                            within(0.02));
        }
    }

    /** Gaps longer and shorter than the interval; events of a gap that come with the next connection, or never. */
    @ParameterizedTest
    @CsvSource({
        "sse, all, 7, 3, 2",
        "sse, all, 3, 5, 12",
        "sse, none, 7, 3, 2",
        "sse, none, 3, 5, 30",
        "sse, none, 20, 1, 12",
        "websocket, none, 6, 4, 9"
    })
    void whatPollsFindForStreamsIsAsPredicted(String mode, String replay, int life, int gap, int interval) {
        Scenario scenario = ScenarioDraft.poisson(0.7, 20_000)
                .consumers(20)
                .legs(0.04, 0.01)
                .option("--replay", replay)
                .option("--stream-lifetime", life + "s")
                .option("--reconnect", gap + "s")
                .option(FLAG, interval + "s")
                .scenario();
        Outcome outcome = simulated(named(mode), scenario);
        Prediction predicted = predicted(mode, scenario);
        assertThat(outcome.counts().missed().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isLessThan(20);
        for (String column : List.of("latency_mean_ms", "wasted_ratio", "requests_per_delivery")) {
            double value = predicted.value(column).orElseThrow();
            double half = outcome.intervals().get(column).high()
                    - outcome.intervals().get(column).low();
            assertThat(outcome.intervals().get(column).low() + half / 2)
                    .as(column)
                    .isCloseTo(value, within(1.2 * half + 1e-3 * value));
        }
        double p90 = outcome.latency().valueAt(0.9) / 1e6;
        assertThat(p90).isCloseTo(predicted.value("latency_p90_ms").orElse(10), within(0.03 * p90 + 1));
    }
}
