package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SloTest {
    @ParameterizedTest
    @CsvSource({"p99<20ms, 0.99, 20000000", "' p50 < 1.5s', 0.5, 1500000000", "p99.9<250us, 0.999, 250000"})
    void aQuantileAndABoundAreRead(String text, double quantile, long boundNanos) {
        assertThat(Slo.parse("--slo", text)).isEqualTo(new Slo(quantile, boundNanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p99<20ms", "p99.9<1s", "p50<250us"})
    void itIsWrittenAsItIsRead(String text) {
        assertThat(Slo.parse("--slo", text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fast", "p99", "p99<", "p99>20ms", "99<20ms", "p0<20ms", "p100<20ms", "p99<20", "p99<0ms"})
    void whatDoesNotParseIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> Slo.parse("--slo", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "--slo: '%s' is not accepted; accepted: a quantile and a bound such as p99<20ms, p50<1ms or"
                                + " p99.9<1s",
                        text);
    }

    @Test
    void aQuantileAtTheBoundIsNotBelowIt() {
        Slo slo = new Slo(0.5, 1_000_000);
        assertThat(slo.heldBy(all(999_000, 100))).isTrue();
        assertThat(slo.heldBy(all(1_001_000, 100))).isFalse();
    }

    @Test
    void tooFewSamplesHoldNothing() {
        Slo slo = new Slo(0.99, 1_000_000);
        assertThat(slo.samplesNeeded()).isEqualTo(368);
        assertThat(slo.heldBy(all(1000, 367))).isFalse();
        assertThat(slo.heldBy(all(1000, 368))).isTrue();
    }

    private static Distribution all(long nanos, int count) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos, count);
        return new Distribution(histogram, (double) nanos * count);
    }
}
