package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalsTest {
    private static final long LENGTH = 8_000_000_000L;
    private static final List<DeliveryMode> TWO = modes("polling", "webhook");

    @Test
    void aSlowRunIsRehearsedBriskly() {
        Scenario brisk = Rehearsals.brisk(run(1, 20), TWO, LENGTH);
        assertThat(eventsPerSecond(brisk)).isCloseTo(1000, within(1e-9));
        assertThat(brisk.polling().intervalNanos()).isEqualTo(20_000_000);
        assertThat(brisk.run().durationNanos()).isEqualTo(LENGTH);
    }

    @Test
    void theModesSideBySideShareTheBriskPace() {
        assertThat(eventsPerSecond(Rehearsals.brisk(run(1, 20), DeliveryModes.all(), LENGTH)))
                .isCloseTo(2000.0 / DeliveryModes.all().size(), within(1e-9));
    }

    @Test
    void aBriskRunKeepsItsPaceUntilItWouldPileUp() {
        assertThat(eventsPerSecond(Rehearsals.brisk(run(1500, 1), TWO, LENGTH))).isCloseTo(1500, within(1e-9));
        assertThat(eventsPerSecond(Rehearsals.brisk(run(90_000, 1), TWO, LENGTH)))
                .isCloseTo(2000, within(1e-9));
    }

    @Test
    void fewConsumersGoThroughAllTheCode() {
        Scenario brisk = Rehearsals.brisk(run(1, 2000), TWO, LENGTH);
        assertThat(brisk.events().consumers()).isEqualTo(20);
        assertThat(eventsPerSecond(brisk)).isCloseTo(1000, within(1e-9));
    }

    @Test
    void legsAreLearnedAtTheRunsOwnPace() {
        Scenario paced = Rehearsals.paced(run(1, 20), TWO, LENGTH);
        assertThat(paced.events().arrivals().ratePerSecond()).isEqualTo(1);
        assertThat(paced.polling()).isEqualTo(run(1, 20).polling());
        assertThat(eventsPerSecond(Rehearsals.paced(run(0.1, 20), TWO, LENGTH)))
                .as("hurried where it would bring nearly nothing")
                .isCloseTo(20, within(1e-9));
    }

    @Test
    void aModeHurriesItsOwnTimesAndLeavesThoseOfOthersAlone() {
        Scenario run =
                run(1, 20).withModeOptions(Map.of("--reconcile", "10s", "--max-interval", "9s", "--poll-wait", "7s"));
        Map<String, String> options = Rehearsals.brisk(run, modes("hybrid", "adaptive-polling"), LENGTH)
                .modeOptions();
        assertThat(options)
                .containsOnlyKeys("--reconcile", "--reconcile of hybrid", "--poll-wait")
                .containsEntry("--reconcile of hybrid", "20000000ns");
        assertThat(Rehearsals.brisk(run, TWO, LENGTH).modeOptions()).isEqualTo(run.modeOptions());
    }

    private static double eventsPerSecond(Scenario scenario) {
        return scenario.events().arrivals().ratePerSecond() * scenario.events().streamCount();
    }

    private static Scenario run(double ratePerSecond, int consumers) {
        return ScenarioDraft.of(new PoissonArrivals(ratePerSecond), 0.5)
                .consumers(consumers)
                .duration(30)
                .scenario();
    }

    private static List<DeliveryMode> modes(String... names) {
        List<String> wanted = List.of(names);
        return DeliveryModes.all().stream()
                .filter(mode -> wanted.contains(mode.name()))
                .toList();
    }
}
