package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("live")
class WarmUpTest {
    private static final String LONGEST_PROPERTY = "pushpull.longestWarmUpMillis";
    private static final double TURN_SECONDS = 0.5;

    @Test
    void everythingIsOpenedAndUsedTwiceBeforeItSettles() {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(50), 0.2)
                .consumers(1)
                .duration(10)
                .scenario();
        Opened opened = new Opened();
        String before = System.setProperty(LONGEST_PROPERTY, "10000");
        try {
            WarmUp warmUp = new WarmUp(opened, new Interruption());
            assertThatThrownBy(() -> warmUp.warmUp(DeliveryModes.all().subList(0, 1), scenario, 1))
                    .hasMessage("seen enough");
        } finally {
            System.setProperty(LONGEST_PROPERTY, before);
        }
        assertThat(opened.seconds).hasSize(3);
        assertThat(opened.seconds.subList(0, 2)).containsOnly(TURN_SECONDS);
        assertThat(opened.seconds.get(2)).isGreaterThan(TURN_SECONDS);
    }

    /** Opens two groups, and notes how long each may last. */
    private static final class Opened implements TrialGroup.Host {
        private final TrialGroup.Host local = new LocalTrialGroup.Host();
        private final List<Double> seconds = new ArrayList<>();

        @Override
        public TrialGroup open(TrialSetup setup) throws IOException {
            seconds.add(setup.scenario().run().durationNanos() / 1e9);
            if (seconds.size() > 2) {
                throw new IOException("seen enough");
            }
            return local.open(setup);
        }

        @Override
        public boolean isThisProcess() {
            return local.isThisProcess();
        }

        @Override
        public void close() {
            local.close();
        }
    }
}
