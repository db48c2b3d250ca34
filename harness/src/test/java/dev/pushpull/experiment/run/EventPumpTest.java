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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("live")
class EventPumpTest {
    /** The thread also waits for each event, and spins at the end of the wait: that CPU time is the harness's alone. */
    @Test
    void theProviderIsLentThePartOfTheCpuTimeThatItsEventsTook() throws Exception {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(100), 0.1)
                .consumers(1)
                .duration(0.5)
                .scenario();
        EventPlan plan = EventPlan.draw(scenario);
        DeliveryMode polling = DeliveryModes.all().get(0);
        try (ProviderSide provider = new ProviderSide(polling, scenario, ProviderSide.recorder(scenario, 0))) {
            long startNanos = NanoClock.SYSTEM.nanoTime();
            EventPump pump = new EventPump(plan, new EventFactory(scenario), provider, NanoClock.SYSTEM, startNanos);
            long beforeNanos = CpuMeter.ofThisThreadNanos();
            pump.run();
            double tookMillis = (CpuMeter.ofThisThreadNanos() - beforeNanos) / 1e6;

            assertThat(provider.occurred()).isEqualTo(plan.size());
            assertThat(provider.lentCpuMillis()).isBetween(Double.MIN_VALUE, tookMillis);
        }
    }
}
