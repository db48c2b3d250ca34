package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.ScenarioDraft;
import org.junit.jupiter.api.Test;

/** Events that were due but not reached. */
class ScheduleTest {
    private final Schedule schedule =
            new Schedule(ScenarioDraft.poisson(50, 600).scenario());

    private long next() {
        return schedule.next().orElseThrow().atNanos();
    }

    @Test
    void whatIsNotReachedWhenItEndsIsCountedOnce() {
        schedule.reached();
        long firstNanos = next();
        long eventually = firstNanos;
        Schedule other = new Schedule(ScenarioDraft.poisson(50, 600).scenario());
        other.reached();
        for (int i = 0; i < 9; i++) {
            other.reached();
            eventually = other.next().orElseThrow().atNanos();
        }
        assertThat(schedule.end(eventually)).isEqualTo(new Schedule.NotReached(10, eventually - firstNanos));
        assertThat(schedule.end(eventually)).isEqualTo(Schedule.NotReached.NONE);
        assertThat(schedule.next()).isEmpty();
    }

    @Test
    void nothingIsMissingOfAScheduleThatIsKept() {
        assertThat(schedule.end(next() - 1)).isEqualTo(Schedule.NotReached.NONE);
    }
}
