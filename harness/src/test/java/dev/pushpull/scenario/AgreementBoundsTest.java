package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgreementBoundsTest {
    @Test
    void eachFigureHasTheBoundThatTheDocumentsState() {
        assertThat(AgreementBounds.of("wasted_ratio", 0.8, 200_000_000)).isEqualTo(0.05);
        assertThat(AgreementBounds.of("requests_per_delivery", 4, 200_000_000)).isCloseTo(0.12, within(1e-12));
        assertThat(AgreementBounds.of("latency_mean_ms", 100, 200_000_000))
                .as("milliseconds: a twentieth of T, whatever is expected")
                .isCloseTo(10, within(1e-12));
        assertThat(AgreementBounds.of("latency_p90_ms", 5, 200_000_000)).isCloseTo(10, within(1e-12));
    }

    @Test
    void aLatencyThatWaitsForNoClockHasABoundOfItsOwnSize() {
        ModeTraits pushing = traits(Set.of(Trait.LISTENS));
        assertThat(AgreementBounds.of("latency_p50_ms", 0.4, pushing, 500_000_000))
                .isCloseTo(0.1, within(1e-12));
        assertThat(AgreementBounds.of("latency_p50_ms", 0.1, pushing, 500_000_000))
                .as("at least what one machine is to another")
                .isCloseTo(0.05, within(1e-12));
        assertThat(AgreementBounds.of("requests_per_delivery", 4, pushing, 500_000_000))
                .isCloseTo(0.12, within(1e-12));
        assertThat(AgreementBounds.of("latency_p50_ms", 0.4, traits(Set.of(Trait.CLOCKED)), 500_000_000))
                .isCloseTo(25, within(1e-12));
    }

    @Test
    void aQuantileTakesAsManyLegsAsItsInterval() {
        assertThat(AgreementBounds.learnedAtLeast("latency_p50_ms")).isEqualTo(40);
        assertThat(AgreementBounds.learnedAtLeast("latency_p90_ms")).isEqualTo(40);
        assertThat(AgreementBounds.learnedAtLeast("latency_p99_ms")).isEqualTo(368);
    }

    private static ModeTraits traits(Set<Trait> has) {
        return new ModeTraits(Begins.PROVIDER, has, "a mode", false, "", 0);
    }
}
