package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyCourseTest {
    private static final long DURATION_NANOS = 20_000_000_000L;

    @Test
    void latenciesThatDoNotDependOnTheirNeighboursCountInFull() {
        SplittableRandom random = new SplittableRandom(1);
        LatencyCourse course = course();
        for (int event = 0; event < 4_000; event++) {
            course.delivered(random.nextLong(DURATION_NANOS), random.nextLong(1, 1_000_000));
        }
        assertThat(course.designEffect(0.5)).isCloseTo(1, within(0.6)); // its standard error is 1/4
        assertThat(course.designEffect(0.9)).isCloseTo(1, within(0.6));
    }

    /** Of 30 stretches three are slow: all 400 of their latencies are above the 0.9 quantile, where 40 would be. */
    @Test
    void aMachineThatIsBusyForAWhileAtATimeMakesThemCountForLess() {
        SplittableRandom random = new SplittableRandom(1);
        LatencyCourse course = course();
        for (int event = 0; event < 4_000; event++) {
            long at = random.nextLong(DURATION_NANOS);
            boolean busy = at * 30 / DURATION_NANOS % 10 == 0;
            course.delivered(at, random.nextLong(1, 1_000_000) + (busy ? 5_000_000 : 0));
        }
        assertThat(course.designEffect(0.9)).isGreaterThan(50);
        assertThat(course.designEffect(0.5)).isBetween(1.5, 30.0);
    }

    @Test
    void nothingAndASingleStretchSayNothingOfDependence() {
        assertThat(course().designEffect(0.5)).isEqualTo(1);
        LatencyCourse one = course();
        one.delivered(0, 1_000);
        one.delivered(1, 2_000_000);
        assertThat(one.designEffect(0.5)).isEqualTo(1);
    }

    private static LatencyCourse course() {
        LatencyCourse course = new LatencyCourse();
        course.start(DURATION_NANOS);
        return course;
    }
}
