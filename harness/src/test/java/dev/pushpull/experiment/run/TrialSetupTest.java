package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TrialSetupTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long FIRST = 77;

    @Test
    void modesSideBySideHaveAnEventSomeMillisecondsAfterEachOther() {
        assertThat(starts(1, 50, 3)).containsExactly(FIRST, FIRST + 4 * MILLISECOND, FIRST + 8 * MILLISECOND);
    }

    @Test
    void whereEventsAreCloseTheModesShareTheGapBetweenThem() {
        assertThat(starts(20, 100, 2)).containsExactly(FIRST, FIRST + MILLISECOND / 4);
    }

    @Test
    void aModeAloneBeginsWhenTheRunDoes() {
        assertThat(starts(1, 1, 1)).containsExactly(FIRST);
    }

    private static long[] starts(int consumers, double ratePerSecond, int modes) {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(ratePerSecond), 0.1)
                .consumers(consumers)
                .duration(0.1)
                .scenario();
        List<DeliveryMode> some = DeliveryModes.all().subList(0, modes);
        TrialSetup setup = new TrialSetup(scenario, EventPlan.draw(scenario), some, 0);
        return LongStream.range(0, modes)
                .map(number -> setup.startNanos((int) number, FIRST))
                .toArray();
    }
}
