package dev.pushpull.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What must be true of the closed forms of what stands between, for any numbers (docs/theory.md section 14). */
class BetweenIdentitiesTest {
    private static final int STEPS = 200_000;

    @Test
    void aJitterOfTheIdleTimeoutAveragesOverIt() {
        assertThat(StreamCycle.lifeUntilSilence(0.5, 4, 2))
                .isCloseTo(mean(4, 6, silence -> StreamCycle.lifeUntilSilence(0.5, silence)), within(1e-8));
        assertThat(StreamCycle.lifeUntilSilence(0.5, 4, 0)).isEqualTo(StreamCycle.lifeUntilSilence(0.5, 4));
    }

    @Test
    void aLifetimeBelowTheIdleTimeoutDecidesAloneAndALongOneNever() {
        assertThat(StreamCycle.lifeUntilSilenceWithin(0.5, 4, 3)).isEqualTo(3);
        assertThat(StreamCycle.lifeUntilSilenceWithin(0.5, 4, 250))
                .isCloseTo(StreamCycle.lifeUntilSilence(0.5, 4), within(1e-5));
        assertThat(StreamCycle.lifeUntilSilenceWithin(0.5, 4, 1e9)).isEqualTo(StreamCycle.lifeUntilSilence(0.5, 4));
        assertThat(StreamCycle.lifeUntilSilenceWithin(10, 60, 7200))
                .as("such a silence never comes")
                .isEqualTo(7200);
        assertThat(StreamCycle.lifeUntilSilenceWithin(1e-9, 60, 7200)).isCloseTo(60, within(1e-4));
    }

    /** s(t), the derivative of the mean life by the lifetime, is 1 - a - λ a times the mean life at t - τ. */
    @Test
    void theChanceToLiveOnFollowsFromTheMeanLifeOneSilenceBefore() {
        double step = 1e-4;
        for (double life : new double[] {5, 9, 17, 40, 100}) {
            double chance = (StreamCycle.lifeUntilSilenceWithin(0.5, 4, life + step)
                            - StreamCycle.lifeUntilSilenceWithin(0.5, 4, life - step))
                    / (2 * step);
            double silence = Math.exp(-0.5 * 4);
            assertThat(chance)
                    .isCloseTo(
                            1 - silence - 0.5 * silence * StreamCycle.lifeUntilSilenceWithin(0.5, 4, life - 4),
                            within(1e-7));
        }
    }

    @Test
    void theAgeOfTheNewestByteAveragesOverTheTimeSinceTheLastHeartbeat() {
        assertThat(StreamCycle.ageOfNewestByte(0.2, 3))
                .isCloseTo(mean(0, 3, since -> StreamCycle.ageSince(0.2, since)), within(1e-8));
        assertThat(StreamCycle.ageSquaredOfNewestByte(0.2, 3))
                .isCloseTo(mean(0, 3, since -> StreamCycle.ageSquaredSince(0.2, since)), within(1e-8));
    }

    @Test
    void heartbeatsOfLivesThatVaryAverageOverThem() {
        assertThat(StreamCycle.heartbeatsWithin(20, 7, 3))
                .isCloseTo(mean(20, 27, life -> Math.ceil(life / 3) - 1), within(1e-4));
    }

    @Test
    void longPollsThatAreCutOffWithTheSameGapAreLongPolls() {
        LongPoll plain = new LongPoll(0.3, 5, 0.2);
        CutLongPoll cut = new CutLongPoll(0.3, 5, 0.2, 0.2);
        assertThat(cut.wasted()).isCloseTo(plain.wasted(), within(1e-12));
        assertThat(cut.requestsPerEvent()).isCloseTo(plain.requestsPerEvent(), within(1e-12));
        assertThat(cut.meanWait()).isCloseTo(plain.meanWait(), within(1e-12));
        assertThat(cut.occupancy()).isCloseTo(plain.occupancy(), within(1e-12));
        for (double p : new double[] {0.5, 0.9, 0.99, 0.999}) {
            assertThat(cut.waitQuantile(p)).isCloseTo(plain.waitQuantile(p), within(1e-12));
        }
    }

    /** Without a gap after an answer, the polls in vain are the reconnects of a stream without heartbeats. */
    @Test
    void aStreamWithoutHeartbeatsIsLongPollingThatIsCutOff() {
        for (double gap : new double[] {0, 0.3, 5}) {
            CutLongPoll polls = new CutLongPoll(0.5, 4, 0, gap);
            StreamCycle stream = StreamCycle.constantGap(StreamCycle.lifeUntilSilence(0.5, 4), gap);
            assertThat(polls.wasted() / polls.meanCycle()).isCloseTo(1 / stream.meanCycle(), within(1e-12));
            assertThat(polls.meanWait()).isCloseTo(stream.meanWait(), within(1e-12));
            assertThat(polls.waitQuantile(0.99)).isCloseTo(stream.waitQuantile(0.99), within(1e-12));
            assertThat(polls.occupancy()).isCloseTo(stream.shareUp(), within(1e-12));
        }
    }

    private static double mean(double from, double to, DoubleUnaryOperator form) {
        double sum = 0;
        for (int step = 0; step < STEPS; step++) {
            sum += form.applyAsDouble(from + (to - from) * (step + 0.5) / STEPS);
        }
        return sum / STEPS;
    }
}
