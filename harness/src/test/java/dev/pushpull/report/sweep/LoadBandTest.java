package dev.pushpull.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.report.sweep.LoadBand.Crossover;
import dev.pushpull.report.sweep.LoadBand.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoadBandTest {
    private static Crossover crossover(Point... points) {
        return LoadBand.of(List.of(points)).crossover().orElseThrow();
    }

    private static Point point(double load, double value, double reach) {
        return new Point(load, value, value - reach, value + reach);
    }

    @Test
    void theIntervalReachesFromWhereTheLowerEndsCrossToWhereTheUpperEndsDo() {
        Crossover found = crossover(point(1, 1, 0.5), point(10, -1, 0.5));

        assertThat(found.load()).isCloseTo(Math.sqrt(10), within(1e-9));
        assertThat(found.low().getAsDouble()).isCloseTo(Math.pow(10, 0.25), within(1e-9));
        assertThat(found.high().getAsDouble()).isCloseTo(Math.pow(10, 0.75), within(1e-9));
        assertThat(found.interval()).isEqualTo("95 % interval 1.78 to 5.62");
    }

    @Test
    void anIntervalThatLeavesTheGridIsOpenThere() {
        assertThat(crossover(new Point(1, 1, -1, 1.5), point(10, -1, 0.5)).interval())
                .isEqualTo("95 % interval up to 5.62");
        assertThat(crossover(point(1, 1, 0.5), new Point(10, -1, -1.5, 1)).interval())
                .isEqualTo("95 % interval from 1.78 on");
        assertThat(crossover(point(1, 1, 2), point(10, -1, 2)).interval())
                .isEqualTo("95 % interval wider than this grid");
    }

    @Test
    void aCellWithoutAnIntervalNarrowsNothing() {
        double unknown = Double.POSITIVE_INFINITY;
        Crossover found = crossover(point(1, 2, 0.5), new Point(3, 1, -unknown, unknown), point(10, -1, 0.5));

        assertThat(found.load()).isBetween(3.0, 10.0);
        assertThat(found.low().getAsDouble())
                .as("the last cell that is surely above")
                .isEqualTo(1);
        assertThat(found.high().getAsDouble()).as("the first that may be below").isEqualTo(10);
        assertThat(crossover(new Point(1, 1, -unknown, unknown), new Point(2, -1, -unknown, unknown))
                        .interval())
                .as("nothing is known at all")
                .isEmpty();
    }

    @Test
    void cellsAtOneLoadDoNotMakeTheIntervalNarrowerThanTheirOwn() {
        Crossover one = crossover(point(1, 1, 0.5), point(10, -1, 0.5));
        Crossover several = crossover(point(1, 1, 0.5), point(1, 1, 0.5), point(10, -1, 0.5), point(10, -1, 0.5));

        assertThat(several.low()).isEqualTo(one.low());
        assertThat(several.high()).isEqualTo(one.high());
    }

    /** Of 2,000 sweeps of a straight figure; the standard error of the share is 0.5 %. */
    @Test
    void theIntervalContainsTheTrueCrossoverAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(7);
        int contained = 0;
        int sweeps = 2_000;
        for (int sweep = 0; sweep < sweeps; sweep++) {
            List<Point> points = new ArrayList<>();
            for (double load : new double[] {0.1, 0.3, 0.7, 1.5, 4, 10}) {
                double deviation = 0.05 + 0.4 * random.nextDouble();
                points.add(point(load, -Math.log(load) + deviation * random.nextGaussian(), 1.96 * deviation));
            }
            contained += LoadBand.of(points)
                            .crossover()
                            .filter(found ->
                                    found.low().orElse(0) <= 1 && found.high().orElse(Double.POSITIVE_INFINITY) >= 1)
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat((double) contained / sweeps).isBetween(0.935, 1.0);
    }
}
