package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.RunRecord.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarmedUpTest {
    private static final WarmedUp.Rest STEADY = new WarmedUp.Rest(List.of("polling"), 5_500_000_000L, Optional.empty());
    private static final WarmedUp.Rest UNSETTLED = new WarmedUp.Rest(
            List.of("webhook"), 8_000_000_000L, Optional.of("the compiler still worked for 30 % of the time"));

    @Test
    void aSteadyStateIsSaidWithTheTimeItTook() {
        WarmedUp steady = new WarmedUp(Map.of(), List.of(STEADY));
        assertThat(steady.findings()).containsExactly(new Finding("warm-up", 5.5, "steady after 5.5 s"));
        assertThat(steady.warnings()).isEmpty();
    }

    @Test
    void aSteadyStateThatWasNotReachedIsAFindingAndAWarning() {
        WarmedUp both = new WarmedUp(Map.of(), List.of(STEADY)).plus(new WarmedUp(Map.of(), List.of(UNSETTLED)));
        assertThat(both.findings())
                .extracting(Finding::name)
                .containsExactly("warm-up of polling", "warm-up of webhook");
        assertThat(both.warnings())
                .containsExactly(
                        "the warm-up of webhook found no steady state within 8.0 s: the compiler still worked for"
                                + " 30 % of the time");
    }

    @Test
    void whatNobodyAskedForIsNotSaid() {
        assertThat(WarmedUp.NOT.findings()).isEmpty();
        assertThat(WarmedUp.NOT.warnings()).isEmpty();
    }
}
