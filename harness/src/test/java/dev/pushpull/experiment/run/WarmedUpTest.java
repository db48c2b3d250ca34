package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord.Finding;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WarmedUpTest {
    private static final WarmedUp.Rest STEADY = new WarmedUp.Rest(List.of("polling"), 5_500_000_000L, Optional.empty());
    private static final WarmedUp.Rest UNSETTLED = new WarmedUp.Rest(
            List.of("webhook"), 8_000_000_000L, Optional.of("the compiler still worked for 30 % of the time"));
    private static final WarmedUp BOTH =
            new WarmedUp(Map.of(), List.of(STEADY)).plus(new WarmedUp(Map.of(), List.of(UNSETTLED)));
    private static final String WARNING =
            "the warm-up found no steady state within 8.0 s: the compiler still worked for 30 % of the time";

    @Test
    void aSteadyStateIsSaidWithTheTimeItTook() {
        WarmedUp steady = new WarmedUp(Map.of(), List.of(STEADY));
        assertThat(steady.findings()).containsExactly(new Finding("warm-up", 5.5, "steady after 5.5 s"));
        assertThat(steady.warnings(mode("polling"))).isEmpty();
    }

    @Test
    void aSteadyStateThatWasNotReachedIsAFindingAndAWarningToItsModes() {
        assertThat(BOTH.findings())
                .extracting(Finding::name)
                .containsExactly("warm-up of polling", "warm-up of webhook");
        assertThat(BOTH.warnings(mode("webhook"))).containsExactly(WARNING);
        assertThat(BOTH.warnings(mode("polling"))).isEmpty();
    }

    @Test
    void whatNobodyAskedForIsNotSaid() {
        assertThat(WarmedUp.NOT.findings()).isEmpty();
        assertThat(WarmedUp.NOT.warnings(mode("webhook"))).isEmpty();
    }

    @Test
    @Tag("live")
    void theOutcomesOfARunCarryTheWarningAndStayValid() throws Exception {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(50), 0.2)
                .consumers(1)
                .duration(0.4)
                .scenario();
        List<DeliveryMode> modes = List.of(mode("polling"), mode("webhook"));
        LiveRun.Result result = new LiveRun(
                        new LocalTrialGroup.Host(),
                        scenario,
                        EventPlan.draw(scenario),
                        new Interruption(),
                        RunListener.NONE,
                        0)
                .run(modes, BOTH);
        List<Outcome> outcomes = result.outcomes();
        assertThat(outcomes.get(0).warnings()).doesNotContain(WARNING);
        assertThat(outcomes.get(1).warnings()).contains(WARNING);
        assertThat(result.noise().floorSteadiness().slices()).anyMatch(slice -> slice.count() > 0); // of the machine
        assertThat(outcomes.get(1).invalid()).noneMatch(reason -> reason.contains("steady"));
    }

    private static DeliveryMode mode(String name) {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
