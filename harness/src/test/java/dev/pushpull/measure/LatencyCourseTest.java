package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyCourseTest {
    private static final long DURATION_NANOS = 20_000_000_000L;

    /** Four standard errors: the variance of 30 clusters is known to sqrt(2/29). */
    private static final double MOST_BY_CHANCE = 2.1;

    private static final LatencyCourse.LeftOut NEVER = (from, until) -> false;

    @Test
    void latenciesThatDoNotDependOnTheirNeighboursCountInFull() {
        SplittableRandom random = new SplittableRandom(1);
        LatencyCourse course = course();
        for (int event = 0; event < 4_000; event++) {
            course.delivered(random.nextLong(DURATION_NANOS), random.nextLong(1, 1_000_000));
        }
        assertThat(course.designEffect(0.5, NEVER)).isBetween(1.0, MOST_BY_CHANCE);
        assertThat(course.designEffect(0.9, NEVER)).isBetween(1.0, MOST_BY_CHANCE);
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
        assertThat(course.designEffect(0.9, NEVER)).isGreaterThan(50);
        assertThat(course.designEffect(0.5, NEVER)).isBetween(1.5, 30.0);
    }

    /** From 6 s to 10 s nobody can be reached. */
    @Test
    void anOutageThatWasAskedForIsNoChance() {
        SplittableRandom random = new SplittableRandom(1);
        LatencyCourse course = course();
        for (int event = 0; event < 4_000; event++) {
            long at = random.nextLong(DURATION_NANOS);
            long backNanos = at >= 6_000_000_000L && at < 10_000_000_000L ? 10_000_000_000L - at : 0;
            course.delivered(at, random.nextLong(1, 1_000_000) + backNanos);
        }
        assertThat(course.designEffect(0.5, NEVER)).isGreaterThan(5);
        assertThat(course.designEffect(0.5, (from, until) -> from < 10_000_000_000L && until > 6_000_000_000L))
                .isBetween(1.0, MOST_BY_CHANCE);
    }

    @Test
    void nothingAndASingleStretchSayNothingOfDependence() {
        assertThat(course().designEffect(0.5, NEVER)).isEqualTo(1);
        LatencyCourse one = course();
        one.delivered(0, 1_000);
        one.delivered(1, 2_000_000);
        assertThat(one.designEffect(0.5, NEVER)).isEqualTo(1);
    }

    private static LatencyCourse course() {
        LatencyCourse course = new LatencyCourse();
        course.start(DURATION_NANOS);
        return course;
    }
}
