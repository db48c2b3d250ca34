package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.NoiseVerdict.Level;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class NoiseVerdictTest {
    private static final int ENOUGH = 10_000;

    @Test
    void aMachineAtItsFloorIsQuietHoweverSmallTheFigures() {
        Distribution floor = mixed(0.060, 0.130, 1.6);
        NoiseVerdict verdict = NoiseVerdict.of(floor, constant(0.1, ENOUGH));
        assertThat(verdict.level()).isEqualTo(Level.QUIET);
        assertThat(verdict.untrusted()).isEmpty();
    }

    @Test
    void pausesBeyondTheFloorAreNoisy() {
        assertThat(NoiseVerdict.of(mixed(0.1, 0.6, 1.6), constant(0.1, ENOUGH)).level())
                .isEqualTo(Level.NOISY);
        assertThat(NoiseVerdict.of(mixed(0.1, 0.2, 6), constant(0.1, ENOUGH)).level())
                .isEqualTo(Level.NOISY);
    }

    @Test
    void longPausesMakeOnlyFiguresOfTheirOwnSizeUnusable() {
        Distribution pauses = mixed(0.1, 8, 60);
        NoiseVerdict pushed = NoiseVerdict.of(pauses, constant(10, ENOUGH));
        assertThat(pushed.level()).isEqualTo(Level.UNUSABLE);
        assertThat(pushed.untrusted()).containsExactly("latency_p99_ms", "latency_p999_ms");
        NoiseVerdict polled = NoiseVerdict.of(pauses, constant(500, ENOUGH));
        assertThat(polled.level()).isEqualTo(Level.NOISY);
        assertThat(polled.untrusted()).isEmpty();
    }

    @Test
    void aFigureThatDoesNotExistIsNotDistrusted() {
        NoiseVerdict verdict = NoiseVerdict.of(mixed(0.1, 8, 60), constant(1, 100));
        assertThat(verdict.level())
                .as("p90 of the pauses is 0.1 ms, and of 100 deliveries there is no p99")
                .isEqualTo(Level.NOISY);
    }

    @Test
    void tooShortAListeningSaysNothing() {
        assertThat(NoiseVerdict.of(constant(0.1, 367), constant(1, ENOUGH)).level())
                .isEqualTo(Level.UNKNOWN);
        assertThat(NoiseVerdict.of(constant(0.1, 368), constant(1, ENOUGH)).level())
                .as("p99 exists, p99.9 does not")
                .isEqualTo(Level.QUIET);
    }

    @Test
    void theWorseOfTwoKeepsWhatEitherDistrusts() {
        NoiseVerdict quiet = NoiseVerdict.of(mixed(0.06, 0.13, 1.6), constant(10, ENOUGH));
        NoiseVerdict unusable = NoiseVerdict.of(mixed(0.1, 8, 60), constant(10, ENOUGH));
        assertThat(quiet.worse(unusable)).isEqualTo(unusable);
        assertThat(unusable.worse(quiet)).isEqualTo(unusable);
    }

    /**
     * @param typical in milliseconds, of nearly all samples; {@code p99} of the upper 2 %, {@code p999} of the upper
     * 0.2 %
     */
    private static Distribution mixed(double typical, double p99, double p999) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos(typical), ENOUGH * 980 / 1000);
        histogram.recordValueWithCount(nanos(p99), ENOUGH * 18 / 1000);
        histogram.recordValueWithCount(nanos(p999), ENOUGH * 2 / 1000);
        return new Distribution(histogram, 0);
    }

    private static Distribution constant(double millis, int count) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos(millis), count);
        return new Distribution(histogram, 0);
    }

    private static long nanos(double millis) {
        return Math.round(millis * 0.9995 * 1e6); // within the bucket, so that its upper end is not above
    }
}
