package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.event.EventFactory;
import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("live")
class EventPumpTest {
    /** The thread also waits for each event, and spins at the end of the wait: that CPU time is the harness's alone. */
    @Test
    void everyProviderIsLentThePartOfTheCpuTimeThatItsEventsTook() throws Exception {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(100), 0.1)
                .consumers(1)
                .duration(0.5)
                .scenario();
        EventPlan plan = EventPlan.draw(scenario);
        DeliveryMode polling = DeliveryModes.all().get(0);
        try (ProviderSide one = new ProviderSide(polling, scenario, ProviderSide.recorder(scenario, 0));
                ProviderSide other = new ProviderSide(polling, scenario, ProviderSide.recorder(scenario, 0))) {
            long startNanos = NanoClock.SYSTEM.nanoTime();
            EventPump pump =
                    new EventPump(plan, new EventFactory(scenario), List.of(one, other), NanoClock.SYSTEM, startNanos);
            long beforeNanos = CpuMeter.ofThisThreadNanos();
            pump.run();
            double tookMillis = (CpuMeter.ofThisThreadNanos() - beforeNanos) / 1e6;

            assertThat(List.of(one.occurred(), other.occurred())).containsOnly((long) plan.size());
            assertThat(one.lentCpuMillis()).isPositive();
            assertThat(other.lentCpuMillis()).isPositive();
            assertThat(one.lentCpuMillis() + other.lentCpuMillis()).isLessThan(tookMillis);
        }
    }
}
