package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.schedule.FixedPollSchedule.Phase;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PollsWhileUpTest {
    private static PollTimes polls(PollSchedule schedule) {
        DownTimes down = new DownTimes(List.of(new DownTimes.Given(250, 610, 0, 1)), 0, 0, new SplittableRandom(1));
        return PollsWhileUp.of(schedule.start(new SplittableRandom(1)), down, schedule.onGrid());
    }

    @Test
    void pollsOfAGridThatFallIntoAnOutageAreNeverMade() {
        PollTimes polls = polls(new FixedPollSchedule(100, Phase.ALIGNED));
        for (long due : new long[] {0, 100, 200, 700, 800}) {
            assertThat(polls.dueNanos()).isEqualTo(due);
            assertThat(polls.skipped(due + 5, 10_000)).isZero();
            polls.completed(due + 5, 0);
        }
    }

    @Test
    void aBackoffGoesOnAfterTheOutageAsIfThatHadTakenNoTime() {
        PollTimes polls = polls(new AdaptivePollSchedule(100, 100, 2));
        while (polls.dueNanos() < 250) {
            polls.completed(polls.dueNanos(), 0);
        }
        assertThat(polls.dueNanos()).isEqualTo(610);
        polls.completed(612, 0);
        assertThat(polls.dueNanos()).isEqualTo(710);
    }

    @Test
    void aHeldPollThatAnOutageCutsOffIsMadeAgainWhenItIsOverAndNotAfterAPause() {
        PollTimes polls = polls(new LongPollSchedule(1000, 5000));
        polls.completed(200, 1);
        assertThat(polls.dueNanos()).isEqualTo(200);
        polls.completed(251, 0);
        assertThat(polls.dueNanos()).isEqualTo(610);
        polls.completed(1610, 0);
        assertThat(polls.dueNanos()).isEqualTo(1610);
    }

    @Test
    void withoutOutagesTheyAreThePollsThemselves() {
        PollTimes plain = new FixedPollSchedule(100, Phase.ALIGNED).start(new SplittableRandom(1));
        DownTimes never = new DownTimes(List.of(), 0, 0, new SplittableRandom(1));
        assertThat(PollsWhileUp.of(plain, never, true)).isSameAs(plain);
    }
}
