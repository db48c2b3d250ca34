package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
}
