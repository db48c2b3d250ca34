package dev.pushpull.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadStepTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void requestsAreDueAtAConstantRateFromTheStart() {
        LoadStep step = new LoadStep(5_000, 1000, 0, 1_000 * MILLISECOND);
        assertThat(LongStream.range(0, 3).map(step::dueNanos)).containsExactly(5_000L, 1_005_000L, 2_005_000L);
    }

    @ParameterizedTest
    @CsvSource({"1000, 500, 2000", "333.3, 100, 700", "7, 0, 1000", "123457, 13, 211"})
    void thoseInTheMeasuredTimeCount(double rate, long warmupMillis, long measuredMillis) {
        LoadStep step = new LoadStep(-77, rate, warmupMillis * MILLISECOND, measuredMillis * MILLISECOND);
        long counted = LongStream.range(0, step.total())
                .filter(number -> step.measures(step.dueNanos(number)))
                .count();
        assertThat(step.counted()).isEqualTo(counted);
        assertThat(step.dueNanos(step.total() - 1)).isLessThan(step.untilNanos());
        assertThat(step.dueNanos(step.total())).isGreaterThanOrEqualTo(step.untilNanos());
    }
}
