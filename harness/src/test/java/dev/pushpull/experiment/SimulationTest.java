package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.experiment.Simulation.Replicated;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Scenario SCENARIO =
            ScenarioDraft.poisson(1, 30).interval(0.5).consumers(20).scenario();

    @Test
    void theFirstTrialHasTheEventsOfALiveRunAndTheOthersHaveTheirOwn() throws Exception {
        List<Outcome> outcomes = new Simulation()
                .run(SCENARIO, List.of(mode("polling"), mode("webhook")), 3, new Interruption(), RunListener.NONE);
        assertThat(outcomes).extracting(Outcome::trial).containsExactly(1, 1, 2, 2, 3, 3);
        assertThat(outcomes.get(0).counts().events())
                .isEqualTo(EventPlan.draw(SCENARIO).size())
                .isEqualTo(outcomes.get(1).counts().events());
        assertThat(outcomes.get(2).counts().events())
                .isNotEqualTo(outcomes.get(0).counts().events())
                .isEqualTo(outcomes.get(3).counts().events());
        assertThat(outcomes.get(0).prediction().figures()).containsKey("wasted_ratio");
    }

    @Test
    void replicatesOfARunsOwnEventsSayWhatItMightAsWellHaveBeen() {
        long[][] times = EventPlan.draw(SCENARIO).timesByStream(20);
        long begun = System.nanoTime();
        Map<String, Replicated> figures =
                new Simulation().replicates(mode("polling"), SCENARIO, List.<long[][]>of(times), 200);
        double seconds = (System.nanoTime() - begun) / 1e9;

        Replicated mean = figures.get("latency_mean_ms");
        assertThat(mean.mean()).isCloseTo(250, within(5.0));
        assertThat(mean.standardDeviation()).isBetween(3.0, 9.0);
        assertThat(figures.get("wasted_ratio").mean()).isCloseTo(Math.exp(-0.5), within(0.05));
        assertThat(figures.get("requests_per_delivery").standardDeviation())
                .as("always sixty polls for the same events")
                .isCloseTo(0, within(1e-9));
        assertThat(figures)
                .containsOnlyKeys(
                        "wasted_ratio",
                        "latency_mean_ms",
                        "latency_p50_ms",
                        "latency_p90_ms",
                        "latency_p99_ms",
                        "requests_per_delivery");
        assertThat(seconds)
                .as("for six modes well under two seconds, on a machine of one's own")
                .isLessThan(5);
    }

    @Test
    void replicatesDoNotDependOnTheNumberOfCores() {
        long[][] times = EventPlan.draw(SCENARIO).timesByStream(20);
        assertThat(new Simulation(4).replicates(mode("polling"), SCENARIO, List.<long[][]>of(times), 20))
                .isEqualTo(new Simulation(1).replicates(mode("polling"), SCENARIO, List.<long[][]>of(times), 20));
    }

    @Test
    void anInterruptedSimulationKeepsWhatIsComplete() throws Exception {
        Interruption interruption = new Interruption();
        interruption.request();
        assertThat(new Simulation().run(SCENARIO, List.of(mode("polling")), 5, interruption, RunListener.NONE))
                .isEmpty();
    }

    @Test
    void whatAModeRefusesComesThrough() {
        DeliveryMode refusing = new DeliveryMode() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public ModeTraits traits() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Live live() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Virtual virtual() {
                return (scenario, events, seeds) -> {
                    throw new InvalidInputException("--factor: no");
                };
            }

            @Override
            public Theory theory() {
                return scenario -> Optional.empty();
            }
        };
        assertThatThrownBy(() ->
                        new Simulation().run(SCENARIO, List.of(refusing), 1, new Interruption(), RunListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--factor: no");
    }

    private static DeliveryMode mode(String name) {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
