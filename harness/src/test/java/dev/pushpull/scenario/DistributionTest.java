package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
    private static Distribution ofMillis(int samples) {
        Histogram histogram = new Histogram(3);
        double sum = 0;
        for (int i = 1; i <= samples; i++) {
            histogram.recordValue(i * 1_000_000L);
            sum += i * 1e6;
        }
        return new Distribution(histogram, sum);
    }

    /** theory.md section 11: below these a two-sided 95 % interval of the quantile has no upper end. */
    @ParameterizedTest
    @CsvSource({"0.5, 6", "0.9, 36", "0.99, 368", "0.999, 3688", "0.01, 368"})
    void aQuantileIsGivenFromTheNumberOfSamplesThatBoundsIt(double p, int least) {
        assertThat(Distribution.samplesNeeded(p)).isEqualTo(least);
        assertThat(ofMillis(least - 1).quantileMillis(p)).isEmpty();
        assertThat(ofMillis(least).quantileMillis(p)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 500", "0.9, 900", "0.99, 990", "0.001, 1"})
    void theValueAtAShareIsThatOfItsRank(double p, int rank) {
        // the k-th of 1,000 samples is k milliseconds; three significant digits
        assertThat(ofMillis(1_000).valueAt(p) / 1e6).isCloseTo(rank, within(rank / 1000.0));
    }

    /** A quick way to the same figure. */
    @Test
    void theValueAtAShareIsExactlyThatOfTheHistogram() {
        SplittableRandom random = new SplittableRandom(5);
        for (int samples : new int[] {0, 1, 2, 7, 368, 10_000}) {
            Histogram histogram = new Histogram(3);
            for (int i = 0; i < samples; i++) {
                histogram.recordValue((long) Math.exp(23 * random.nextDouble()));
            }
            Distribution distribution = new Distribution(histogram, 0);
            for (double p : new double[] {0, 1e-9, 0.01, 0.1, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999, 1, 1.5}) {
                long nanos = histogram.getValueAtPercentile(100 * p);
                assertThat(distribution.valueAt(p)).as(samples + " " + p).isEqualTo(nanos);
                assertThat(distribution.compact().valueAt(p)).isEqualTo(nanos);
            }
        }
    }

    @Test
    void durationsThatAreAllShorterKeepTheirNumberAndAreNeverNegative() {
        Distribution shorter = ofMillis(1_000).shortened(400_000_000);
        assertThat(shorter.count()).isEqualTo(1_000);
        assertThat(shorter.valueAt(0.9) / 1e6).isCloseTo(500, within(1.0));
        assertThat(shorter.valueAt(0.3)).isZero();
        assertThat(shorter.meanMillis().orElseThrow()).isCloseTo(0.6 * 300, within(1.0));
        assertThat(Distribution.empty().shortened(5).count()).isZero();
    }

    @Test
    void theMeanIsExactThoughTheBucketsAreNot() {
        Histogram histogram = new Histogram(3);
        SplittableRandom random = new SplittableRandom(3);
        double sum = 0;
        for (int i = 0; i < 1_000; i++) {
            long nanos = 1_000_000_007L + random.nextLong(500);
            histogram.recordValue(nanos);
            sum += nanos;
        }
        Distribution distribution = new Distribution(histogram, sum);
        assertThat(distribution.meanMillis()).hasValue(sum / 1_000 / 1e6);
        assertThat(histogram.getMean()).isNotCloseTo(sum / 1_000, within(1.0)); // the value from the buckets
    }

    @Test
    void theMaximumIsThatOfTheSamplesToThreeDigits() {
        assertThat(ofMillis(1_234).maxMillis().orElseThrow()).isCloseTo(1_234, within(1.234));
    }

    @Test
    void withoutSamplesThereIsNoFigure() {
        Distribution empty = Distribution.empty();
        assertThat(empty.count()).isZero();
        assertThat(empty.meanMillis()).isEmpty();
        assertThat(empty.maxMillis()).isEmpty();
        assertThat(empty.quantileMillis(0.5)).isEmpty();
        assertThat(empty.shareAbove(0)).isZero();
    }

    @Test
    void theShareAboveAValueCountsWhatLiesAboveIt() {
        Distribution distribution = ofMillis(1_000);
        assertThat(distribution.shareAbove(0)).isEqualTo(1);
        assertThat(distribution.shareAbove(750_400_000L)).isCloseTo(0.25, within(1e-12));
        assertThat(distribution.shareAbove(Long.MAX_VALUE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000})
    void aDistributionSurvivesJson(int samples) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Distribution written = ofMillis(samples);
        Distribution read = mapper.readValue(mapper.writeValueAsString(written), Distribution.class);

        assertThat(read.histogram()).isEqualTo(written.histogram());
        assertThat(read.sumNanos()).isEqualTo(written.sumNanos());
        assertThat(read.meanMillis()).isEqualTo(written.meanMillis());
        assertThat(read.maxMillis()).isEqualTo(written.maxMillis());
        assertThat(read.quantileMillis(0.99)).isEqualTo(written.quantileMillis(0.99));
    }

    @Test
    void whatIsRecordedOrReadLaterDoesNotChangeADistribution() {
        Histogram histogram = new Histogram(3);
        histogram.recordValue(5);
        Distribution distribution = new Distribution(histogram, 5);
        histogram.recordValue(1_000);
        distribution.histogram().recordValue(2_000);
        assertThat(distribution.count()).isEqualTo(1);
    }
}
