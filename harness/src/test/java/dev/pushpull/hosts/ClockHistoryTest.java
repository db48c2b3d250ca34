package dev.pushpull.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.hosts.ClockCorridor.Sample;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockHistoryTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MICRO = 1_000;

    /** What was turned by the guesses was off by this at most. */
    private long worstNanos;

    private ClockHistory history(LongUnaryOperator far, long seconds) {
        ClockHistory history = new ClockHistory();
        java.util.Random random = new java.util.Random(3);
        for (long sent = 0; sent < seconds * SECOND; sent += 50_000 * MICRO) {
            long arrived = sent + 60 * MICRO + (long) (random.nextDouble() * 100 * MICRO);
            long back = arrived + 60 * MICRO + (long) (random.nextDouble() * 100 * MICRO);
            if (sent > 5 * SECOND) {
                worstNanos = Math.max(worstNanos, Math.abs(far.applyAsLong(sent) - sent - history.offsetNanos()));
            }
            history.add(new Sample(sent, far.applyAsLong(arrived), far.applyAsLong(arrived), back));
        }
        return history;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 40, -300})
    void whatTimesWereOffByIsWithinTheBoundFoundAfterwards(double driftMillionths) {
        ClockHistory history = history(here -> here + 500_000 * SECOND + Math.round(here * driftMillionths * 1e-6), 40);
        ClockComparison found = history.between(5 * SECOND, 40 * SECOND);
        assertThat(found.bounded()).isTrue();
        assertThat(found.changed()).isFalse();
        assertThat(worstNanos).isLessThanOrEqualTo(found.boundNanos());
        assertThat(found.boundNanos())
                .as("half the way, and what the clock drifts away from the guess of the last two seconds")
                .isLessThan(Math.round(200 * MICRO + Math.abs(driftMillionths) * 3 * MICRO));
        assertThat(driftMillionths).isBetween(found.leastDriftMillionths(), found.mostDriftMillionths());
    }

    @Test
    void aClockThatIsSetMeanwhileIsFoundOut() {
        ClockHistory history = history(here -> here + (here > 21 * SECOND ? SECOND : 0), 40);
        assertThat(history.between(5 * SECOND, 40 * SECOND).changed()).isTrue();
        assertThat(history.between(5 * SECOND, 10 * SECOND).changed()).isFalse();
    }

    @Test
    void aClockThatNobodyCouldReachIsNotBounded() {
        assertThat(new ClockHistory().between(0, SECOND).bounded()).isFalse();
    }
}
