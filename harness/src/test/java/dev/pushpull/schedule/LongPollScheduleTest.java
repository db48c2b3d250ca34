package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongPollScheduleTest {
    private final PollTimes times = new LongPollSchedule(1000, 70).start(new SplittableRandom(1));

    @Test
    void theNextPollIsDueWhenTheOneBeforeIsOver() {
        assertThat(times.dueNanos()).isZero();
        times.completed(1000, 0);
        assertThat(times.dueNanos()).as("the wait was over").isEqualTo(1000);
        times.completed(1003, 2);
        assertThat(times.dueNanos()).as("events came").isEqualTo(1003);
        assertThat(times.skipped(5000, 9000)).isZero();
    }

    @Test
    void anEmptyAnswerAfterHalfOfTheWaitIsNoReasonToPause() {
        times.completed(5_000, 0);
        times.completed(5_500, 0);
        assertThat(times.dueNanos()).as("after exactly half of it").isEqualTo(5_500);
        times.completed(5_999, 0);
        assertThat(times.dueNanos()).as("after less").isEqualTo(5_999 + 70);
    }

    @Test
    void aProviderThatDoesNotWaitIsNotAskedWithoutPause() {
        times.completed(2, 0);
        assertThat(times.dueNanos())
                .as("the first may have gone out ahead of its time")
                .isEqualTo(2);
        times.completed(4, 0);
        assertThat(times.dueNanos()).isEqualTo(74);
    }
}
