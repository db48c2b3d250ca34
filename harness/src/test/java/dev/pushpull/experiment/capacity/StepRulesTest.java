package dev.pushpull.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Slo;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StepRulesTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final LoadStep STEP = new LoadStep(0, 1000, 0, SECOND);

    private final StepRules rules = new StepRules(new Slo(0.99, 20 * MILLISECOND), 2);

    /** A faultless step; each test changes one thing. */
    private static final class Made {
        private long completed = 1000;
        private long failed;
        private long unanswered;
        private Distribution response = all(MILLISECOND);
        private Distribution late = all(0);
        private Distribution lag = all(0);
        private long cpuNanos = SECOND / 10;
        private double busiest = 0.1;
        private LoadResult.Times times = LoadResult.Times.NONE;

        LoadResult result() {
            return new LoadResult(
                    1000,
                    1000 - failed - unanswered,
                    failed,
                    unanswered,
                    completed,
                    1000,
                    1,
                    response,
                    response,
                    late,
                    lag,
                    cpuNanos,
                    busiest,
                    times);
        }
    }

    private final Made made = new Made();

    private Judgement judged() {
        return rules.judge(STEP, made.result(), SECOND / 2);
    }

    @Test
    void aStepWithinTheBoundIsSustained() {
        assertThat(judged()).isEqualTo(Judgement.SUSTAINED);
    }

    @Test
    void oneThatExceedsTheBoundIsNot() {
        made.response = all(21 * MILLISECOND);
        assertThat(judged()).isEqualTo(Judgement.EXCEEDED);
    }

    @Test
    void norOneWithASingleError() {
        made.failed = 1;
        assertThat(judged()).isEqualTo(Judgement.EXCEEDED);
        made.failed = 0;
        made.unanswered = 1;
        assertThat(judged()).isEqualTo(Judgement.EXCEEDED);
    }

    @Test
    void norOneThatAchievesLessThanNinetyNinePercent() {
        made.completed = 989;
        assertThat(judged()).isEqualTo(Judgement.EXCEEDED);
        made.completed = 990;
        assertThat(judged()).isEqualTo(Judgement.SUSTAINED);
    }

    @Test
    void aDriverThatSendsLateByMoreThanATenthOfTheBoundFellBehind() {
        made.late = all(3 * MILLISECOND);
        assertThat(judged()).isEqualTo(Judgement.DRIVER_LATE);
        made.late = all(MILLISECOND);
        assertThat(judged()).isEqualTo(Judgement.SUSTAINED);
    }

    @Test
    void evenWhereTheBoundIsExceededTheServerIsNotBlamed() {
        made.late = all(3 * MILLISECOND);
        made.response = all(30 * MILLISECOND);
        assertThat(judged()).isEqualTo(Judgement.DRIVER_LATE);
    }

    @Test
    void aDriverWhoseThreadIsSlowToTurnFellBehind() {
        made.lag = all(3 * MILLISECOND);
        assertThat(judged()).isEqualTo(Judgement.DRIVER_LATE);
    }

    @Test
    void aDriverThatIsNeverIdleFellBehind() {
        made.busiest = 0.96;
        assertThat(judged()).isEqualTo(Judgement.DRIVER_LATE);
    }

    @Test
    void whereAllCpuIsTakenWhoeverHasMoreOfItIsTheLimit() {
        made.cpuNanos = SECOND * 15 / 10;
        assertThat(judged()).isEqualTo(Judgement.DRIVER_LATE);
        made.cpuNanos = SECOND / 2;
        assertThat(rules.judge(STEP, made.result(), SECOND * 15 / 10)).isEqualTo(Judgement.SUSTAINED);
    }

    @Test
    void aBoundFinerThanATimerIsNotTheDriversFault() {
        made.late = all(MILLISECOND / 5);
        StepRules fine = new StepRules(new Slo(0.99, 1000), 2);
        assertThat(fine.judge(STEP, made.result(), SECOND / 2)).isEqualTo(Judgement.EXCEEDED);
    }

    private static Distribution all(long nanos) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos, 1000);
        return new Distribution(histogram, 1000.0 * nanos);
    }
}
