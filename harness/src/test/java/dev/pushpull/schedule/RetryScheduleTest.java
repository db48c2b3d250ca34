package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.schedule.Seeds.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {
    private static final OptionalLong NO_RETRY_AFTER = OptionalLong.empty();

    private final RandomGenerator random = new Seeds(1).generator(Purpose.RETRY_JITTER, 0);

    @Test
    void theDefaultIsTheExampleOfStandardWebhooks() {
        // 1.0.0, "Deliverability and reliability": immediately, 5 seconds, 5 minutes, ... 24 hours
        assertThat(RetrySchedule.STANDARD_WEBHOOKS.delaysNanos().stream().map(Duration::ofNanos))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24));
        assertThat(RetrySchedule.STANDARD_WEBHOOKS.maxAttempts()).isEqualTo(10);
        assertThat(RetrySchedule.STANDARD_WEBHOOKS.jitter()).isPositive();
    }

    @Test
    void withoutJitterEachDelayIsExact() {
        RetrySchedule schedule = new RetrySchedule(List.of(0L, 7L, 9_007_199_254_740_993L), 0);
        assertThat(IntStream.rangeClosed(1, 3)
                        .mapToLong(attempt -> schedule.delayNanos(attempt, NO_RETRY_AFTER, random)
                                .orElseThrow()))
                .containsExactly(0L, 7L, 9_007_199_254_740_993L);
    }

    @Test
    void jitterStretchesADelayUniformlyAndNeverShortensIt() {
        long delay = 1_000_000_000L;
        double jitter = 0.2;
        RetrySchedule schedule = new RetrySchedule(List.of(0L, delay), jitter);
        Sample delays = new Sample(IntStream.range(0, 10_000)
                .mapToDouble(i -> schedule.delayNanos(2, NO_RETRY_AFTER, random).orElseThrow())
                .toArray());

        assertThat(Arrays.stream(delays.values())).allMatch(value -> value >= delay && value <= delay * (1 + jitter));
        assertThat(delays.kolmogorovDistance(value -> (value - delay) / (jitter * delay)))
                .isLessThan(delays.kolmogorovCriticalValue());
        assertThat(delays.mean()).isCloseTo(delay * (1 + jitter / 2), within(4 * delays.standardErrorOfMean()));
    }

    @Test
    void theFirstAttemptIsMadeAtOnce() {
        assertThat(RetrySchedule.STANDARD_WEBHOOKS.delayNanos(1, NO_RETRY_AFTER, random))
                .hasValue(0);
    }

    @Test
    void retryAfterIsALowerBoundAndNothingMore() {
        RetrySchedule schedule = new RetrySchedule(List.of(0L, 100L), 0);
        assertThat(schedule.delayNanos(2, OptionalLong.of(250), random)).hasValue(250);
        assertThat(schedule.delayNanos(2, OptionalLong.of(100), random)).hasValue(100);
        assertThat(schedule.delayNanos(2, OptionalLong.of(30), random)).hasValue(100);
        assertThat(schedule.delayNanos(2, OptionalLong.of(0), random)).hasValue(100);
    }

    @Test
    void afterTheLastAttemptThereIsNoFurtherOneWhateverRetryAfterAsks() {
        RetrySchedule schedule = new RetrySchedule(List.of(0L, 100L), 0.5);
        assertThat(schedule.delayNanos(2, NO_RETRY_AFTER, random)).isPresent();
        assertThat(schedule.delayNanos(3, NO_RETRY_AFTER, random)).isEmpty();
        assertThat(schedule.delayNanos(3, OptionalLong.of(1), random)).isEmpty();
        assertThat(schedule.delayNanos(Integer.MAX_VALUE, NO_RETRY_AFTER, random))
                .isEmpty();
        assertThat(RetrySchedule.NONE.maxAttempts()).isEqualTo(1);
        assertThat(RetrySchedule.NONE.delayNanos(2, NO_RETRY_AFTER, random)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void aJitterOutsideZeroToOneIsRefused(double jitter) {
        assertThatThrownBy(() -> new RetrySchedule(List.of(0L), jitter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jitter");
    }

    @Test
    void aScheduleWithoutDelaysOrWithANegativeOneIsRefused() {
        assertThatThrownBy(() -> new RetrySchedule(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetrySchedule(List.of(0L, -1L), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void attemptsAreCountedFromOne(int attempt) {
        assertThatThrownBy(() -> RetrySchedule.STANDARD_WEBHOOKS.delayNanos(attempt, NO_RETRY_AFTER, random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(attempt));
    }

    @Test
    void aScheduleDoesNotChangeWithTheListItWasMadeOf() {
        List<Long> delays = new ArrayList<>(List.of(0L, 5L));
        RetrySchedule schedule = new RetrySchedule(delays, 0);
        delays.set(1, 99L);
        assertThat(schedule.delayNanos(2, NO_RETRY_AFTER, random)).hasValue(5);
    }
}
