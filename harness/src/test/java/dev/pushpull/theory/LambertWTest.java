package dev.pushpull.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambertWTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0.5671432904097838",
        "2.718281828459045, 1",
        "10, 1.7455280027406994",
        "100, 3.3856301402900502",
        "-0.1, -0.11183255915896297",
        "-0.2, -0.25917110181907377",
        "-0.3, -0.48940222718021493"
    })
    void knownValuesAreGiven(double x, double w) {
        assertThat(LambertW.w0(x)).isCloseTo(w, within(1e-12));
    }

    @Test
    void itInvertsTheProductEverywhere() {
        for (double w = -0.999; w < 300; w += w < 2 ? 0.001 : 0.5) {
            double slope = (1 + w) * Math.exp(w); // the effect on w of rounding x alone
            double rounding = Math.ulp(w * Math.exp(w)) / slope;
            assertThat(LambertW.w0(w * Math.exp(w))).isCloseTo(w, within(1e-12 * Math.max(1, w) + 4 * rounding));
        }
    }

    @Test
    void theSeriesTakesOverSmoothlyAtTheBranchPoint() {
        assertThat(LambertW.w0(-Math.exp(-1))).isCloseTo(-1, within(1e-7));
        for (double p = 1e-6; p < 1e-2; p *= 1.1) {
            double x = (p * p / 2 - 1) / Math.E;
            double w = LambertW.w0(x);
            assertThat(w * Math.exp(w)).isCloseTo(x, within(1e-15));
        }
    }

    @Test
    void belowTheBranchPointThereIsNone() {
        assertThatThrownBy(() -> LambertW.w0(-0.4)).hasMessageContaining("-0.4");
        assertThatThrownBy(() -> LambertW.w0(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
