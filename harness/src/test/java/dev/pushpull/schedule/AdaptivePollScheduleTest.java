package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdaptivePollScheduleTest {
    @Test
    void theIntervalGrowsWhileNothingComesUpToTheMostAndAHitResetsIt() {
        PollTimes times = new AdaptivePollSchedule(100, 500, 2).start(new SplittableRandom(1));
        assertThat(times.dueNanos()).isBetween(0L, 99L);
        assertThat(gaps(times, 0, 0, 0, 0, 0, 3, 0, 1, 1))
                .containsExactly(200L, 400L, 500L, 500L, 500L, 100L, 200L, 100L, 100L);
    }

    @Test
    void aPollThatWasOutTooLongIsFollowedAtOnceAndNoTickIsSkipped() {
        PollTimes times = new AdaptivePollSchedule(100, 500, 2).start(new SplittableRandom(1));
        assertThat(times.skipped(10_000, 20_000)).isZero();
        times.completed(10_000, 0);
        assertThat(times.dueNanos()).isEqualTo(10_000);
    }

    private static List<Long> gaps(PollTimes times, int... brought) {
        List<Long> gaps = new ArrayList<>();
        for (int newEvents : brought) {
            long due = times.dueNanos();
            times.completed(due + 1, newEvents);
            gaps.add(times.dueNanos() - due);
        }
        return gaps;
    }
}
