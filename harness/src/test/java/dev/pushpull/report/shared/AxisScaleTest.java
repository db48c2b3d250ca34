package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AxisScaleTest {
    @Test
    void aScaleOfManyPowersOfTenIsLogarithmicAndAnyOtherBeginsAtZero() {
        assertThat(AxisScale.of(List.of(0.1, 100.0), Decimals::significant).logarithmic())
                .isTrue();
        assertThat(AxisScale.of(List.of(5.0, 100.0), Decimals::significant).least())
                .isZero();
        assertThat(AxisScale.of(List.of(0.0, 1e6), Decimals::significant).logarithmic())
                .isFalse();
    }

    @Test
    void anyValuesLieWithinTheScaleAndItsMarksAreApart() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            double first = Math.exp(30 * random.nextDouble() - 15);
            double second = first * Math.exp(12 * random.nextDouble());
            AxisScale scale = AxisScale.of(List.of(first, second), Decimals::significant);

            assertThat(scale.place(first)).isBetween(0.0, 100.0).isLessThanOrEqualTo(scale.place(second));
            assertThat(scale.place(second)).isBetween(0.0, 100.0);
            List<Double> places = new ArrayList<>();
            scale.marks().forEach(mark -> places.add(Double.parseDouble(mark.x())));
            assertThat(places)
                    .as("%s to %s", first, second)
                    .hasSizeGreaterThan(1)
                    .isSorted();
            for (int mark = 1; mark < places.size(); mark++) {
                assertThat(places.get(mark) - places.get(mark - 1)).isGreaterThan(18);
            }
        }
    }

    @Test
    void nothingAtAllHasAScaleToo() {
        assertThat(AxisScale.of(List.of(), Decimals::significant).marks()).isNotEmpty();
        assertThat(AxisScale.of(List.of(0.0, 0.0), Decimals::significant).marks())
                .isNotEmpty();
    }
}
