package dev.pushpull.experiment;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WatchedTrial;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.Scenarios;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A comparison that goes on and may be changed. */
@Tag("live")
class DemonstrationTest {
    private final List<List<WatchedTrial>> begun = new CopyOnWriteArrayList<>();
    private final Interruption interruption = new Interruption();
    private final Scenario scenario = Scenarios.polling(Duration.ofMillis(50), 100, 2)
            .withEvents(
                    Scenarios.polling(Duration.ofSeconds(1), 100, 2).events().withArrivals(new PoissonArrivals(20)));
    private final Demonstration demonstration = new Demonstration(scenario, new RunListener() {
        @Override
        public void phase(String what) {}

        @Override
        public void progress(Progress progress) {}

        @Override
        public void begins(List<WatchedTrial> trials, LongSupplier pauseNanos) {
            begun.add(trials);
        }
    });

    private Scenario last() {
        return begun.get(begun.size() - 1).get(0).scenario();
    }

    @Test
    void aChangeActsOnTheRunThatGoesOn() throws Exception {
        FutureTask<Void> running = new FutureTask<>(() -> {
            demonstration.run(interruption);
            return null;
        });
        new Thread(running).start();
        eventually(
                "events arrive",
                () -> begun.size() == 1 && begun.get(0).get(0).counts().deliveries() > 0);

        demonstration.change(to -> to.withEvents(to.events().withArrivals(new PoissonArrivals(100))));
        eventually("the next run begins", () -> begun.size() == 2);
        assertThat(last().events().arrivals().ratePerSecond()).isEqualTo(100);
        assertThat(last().run().seed())
                .as("other events")
                .isNotEqualTo(begun.get(0).get(0).scenario().run().seed());

        demonstration.outage(1_000_000_000);
        eventually("an outage begins", () -> begun.size() == 3);
        assertThat(last().faults().outages()).hasSize(1);

        demonstration.change(to -> to.withRun(to.run().withModes(List.of("polling", "webhook"))));
        eventually("another mode takes part", () -> begun.size() == 4);
        assertThat(begun.get(3)).extracting(trial -> trial.mode().name()).containsExactly("polling", "webhook");
        assertThat(last().faults().outages()).as("an outage comes once").isEmpty();

        interruption.request();
        running.get();
    }
}
