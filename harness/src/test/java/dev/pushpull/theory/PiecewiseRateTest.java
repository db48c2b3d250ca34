package dev.pushpull.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecewiseRateTest {
    @Test
    void aConstantRateHasTheWasteOfAPoissonProcess() {
        PiecewiseRate constant = new PiecewiseRate(new double[] {0.4, 0.4, 0.4}, 10, 3);
        assertThat(constant.empty(2, 1_000)).isCloseTo(Math.exp(-0.8), within(1e-12));
        assertThat(constant.empty(35, 25)).isCloseTo(Math.exp(-14), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 7, 10, 23, 64})
    void theIntegralIsThatOfASum(double window) {
        double[] rates = {0.1, 0, 0.7, 0.02};
        double start = 13;
        double run = 97;
        PiecewiseRate rate = new PiecewiseRate(rates, 10, start);
        int steps = 200_000;
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            double end = start + run * (step + 0.5) / steps;
            sum += Math.exp(-between(rates, end - window, end));
        }
        assertThat(rate.empty(window, run)).isCloseTo(sum / steps, within(1e-6));
    }

    /** The expected events between two times, part by part of ten seconds. */
    private static double between(double[] rates, double from, double to) {
        double sum = 0;
        for (double at = Math.floor(from / 10) * 10; at < to; at += 10) {
            double within = Math.min(to, at + 10) - Math.max(from, at);
            sum += Math.max(0, within) * rates[Math.floorMod((int) Math.round(at / 10), rates.length)];
        }
        return sum;
    }
}
