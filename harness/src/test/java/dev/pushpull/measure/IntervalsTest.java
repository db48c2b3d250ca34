package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {
    private static boolean covers(Estimate interval, double truth) {
        return interval.low() <= truth && truth <= interval.high();
    }

    /**
     * No simulation: the coverage is a sum of binomial probabilities. The figures are those of theory.md section 11.
     */
    @ParameterizedTest
    @CsvSource({"0.985, 200, 0.968", "0.985, 50, 0.961", "0.999, 1000, 0.920"})
    void wilsonCoversAsOftenAsTheTheorySays(double share, int trials, double coverage) {
        BinomialDistribution hits = BinomialDistribution.of(trials, share);
        double covered = 0;
        for (int k = 0; k <= trials; k++) {
            if (covers(Intervals.wilson(k, trials).orElseThrow(), share)) {
                covered += hits.probability(k);
            }
        }
        assertThat(covered).isCloseTo(coverage, within(0.0005));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 200, 1_000_000, 10_000_000_000L})
    void wilsonHoldsItsOwnEstimateAndStaysWithinZeroAndOne(long trials) {
        for (long hits : new long[] {0, 1, trials / 3, trials - 1, trials}) {
            Estimate interval = Intervals.wilson(hits, trials).orElseThrow();
            assertThat(interval.value()).isEqualTo((double) hits / trials);
            assertThat(interval.low()).isBetween(0.0, interval.value());
            assertThat(interval.high()).isBetween(interval.value(), 1.0);
            assertThat(interval.halfWidth()).isPositive();
        }
    }

    /** Worked by hand from Wilson's formula. */
    @Test
    void eightHitsOfTenAreBetweenFortyNineAndNinetyFourPercent() {
        Estimate interval = Intervals.wilson(8, 10).orElseThrow();
        assertThat(interval.low()).isCloseTo(0.4901625, within(1e-6));
        assertThat(interval.high()).isCloseTo(0.9433178, within(1e-6));
    }

    @Test
    void withoutTrialsThereIsNoShare() {
        assertThat(Intervals.wilson(0, 0)).isEmpty();
    }

    /**
     * Intervals that are much too short cover too rarely, much too long ones too often: 95 % of 1,000, 4 s.e. either
     * way.
     */
    @Tag("study")
    @Test
    void theRatioOfIndependentBatchesCoversNinetyFivePercent() {
        SplittableRandom random = new SplittableRandom(11);
        int covered = 0;
        for (int replicate = 0; replicate < 1_000; replicate++) {
            double[] delays = new double[30];
            double[] events = new double[30];
            for (int k = 0; k < 30; k++) {
                events[k] = 50 + random.nextInt(100);
                for (int i = 0; i < events[k]; i++) {
                    delays[k] += random.nextDouble();
                }
            }
            covered += covers(Intervals.ratio(delays, events).orElseThrow(), 0.5) ? 1 : 0;
        }
        assertThat(covered / 1_000.0).isCloseTo(0.95, within(4 * Math.sqrt(0.95 * 0.05 / 1_000)));
    }

    /** Polls of a source that is on or off for long periods: what one brings says much about the next. */
    @Tag("study")
    @Test
    void theRatioOfBatchesCoversWhereIndependenceWouldBeADelusion() {
        int batches = 30;
        int pollsEach = 200;
        double empty = (1 + 2 * 0.2) / 3; // a third of the time on; while off all polls are empty, while on a fifth
        SplittableRandom random = new SplittableRandom(12);
        int replicates = 1_000;
        int covered = 0;
        int coveredNaively = 0;
        for (int replicate = 0; replicate < replicates; replicate++) {
            OnOff source = new OnOff(random);
            double[] emptyPolls = new double[batches];
            double[] polls = new double[batches];
            for (int k = 0; k < batches; k++) {
                for (int i = 0; i < pollsEach; i++) {
                    emptyPolls[k] += source.pollIsEmpty() ? 1 : 0;
                    polls[k]++;
                }
            }
            covered += covers(Intervals.ratio(emptyPolls, polls).orElseThrow(), empty) ? 1 : 0;
            long hits = Math.round(Arrays.stream(emptyPolls).sum());
            coveredNaively += covers(Intervals.wilson(hits, batches * pollsEach).orElseThrow(), empty) ? 1 : 0;
        }
        assertThat(covered / (double) replicates).isGreaterThanOrEqualTo(0.93);
        assertThat(coveredNaively / (double) replicates).isLessThan(0.75);
    }

    private static final class OnOff {
        private static final double ON = 2.0 / 3;
        private static final double TURNS_ON = 0.1;
        private static final double TURNS_OFF = 0.05;

        private final SplittableRandom random;
        private boolean on;

        OnOff(SplittableRandom random) {
            this.random = random;
            this.on = random.nextDouble() < ON;
        }

        boolean pollIsEmpty() {
            boolean empty = !on || random.nextDouble() < 0.2;
            if (random.nextDouble() < (on ? TURNS_OFF : TURNS_ON)) {
                on = !on;
            }
            return empty;
        }
    }

    @Test
    void aRatioOfSumsIsNoMeanOfRatios() {
        double[] numerators = new double[20];
        double[] denominators = new double[20];
        Arrays.fill(numerators, 1);
        Arrays.fill(denominators, 2);
        numerators[0] = 0;
        denominators[0] = 100;
        assertThat(Intervals.ratio(numerators, denominators).orElseThrow().value())
                .isEqualTo(19.0 / 138);
    }

    @Test
    void fewerThanTenBatchesGiveNoInterval() {
        double[] ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertThat(Intervals.ratio(ten, ten)).isPresent();
        assertThat(Intervals.ratio(Arrays.copyOf(ten, 9), Arrays.copyOf(ten, 9)))
                .isEmpty();
        assertThat(Intervals.ratio(new double[30], new double[30])).isEmpty();
        double[] nineThatHoldAnything = Arrays.copyOf(Arrays.copyOf(ten, 9), 30);
        assertThat(Intervals.ratio(nineThatHoldAnything, nineThatHoldAnything)).isEmpty();
    }

    /** The k-th smallest of the samples 1, 2, ... n is k, so that a value shows its rank. */
    private static Distribution ranks(int samples) {
        Histogram histogram = new Histogram(3);
        LongStream.rangeClosed(1, samples).forEach(histogram::recordValue);
        return new Distribution(histogram, 0);
    }

    @ParameterizedTest
    @CsvSource({"0.5", "0.9", "0.99"})
    void theIntervalOfAQuantileReachesFromRankToRank(double p) {
        for (int samples = 368; samples < 2_000; samples += 37) { // single nanoseconds are exact up to 2,047
            BinomialDistribution below = BinomialDistribution.of(samples, p);
            Estimate interval = Intervals.quantileMillis(ranks(samples), p).orElseThrow();
            assertThat(Math.round(interval.value() * 1e6)).isEqualTo(Math.round(Math.ceil(p * samples - 1e-9)));
            assertThat(Math.round(interval.low() * 1e6)).isEqualTo(below.inverseCumulativeProbability(0.025));
            assertThat(Math.round(interval.high() * 1e6)).isEqualTo(below.inverseCumulativeProbability(0.975) + 1);
        }
    }

    @Tag("study")
    @ParameterizedTest
    @CsvSource({"0.5, 400", "0.9, 400", "0.99, 368", "0.99, 1000"})
    void theIntervalOfAQuantileCoversAtLeastNinetyThreePercent(double p, int samples) {
        SplittableRandom random = new SplittableRandom(13);
        int replicates = 1_000;
        int covered = 0;
        for (int replicate = 0; replicate < replicates; replicate++) {
            Histogram histogram = new Histogram(3);
            for (int i = 0; i < samples; i++) {
                histogram.recordValue(random.nextLong(1_000_000_000L));
            }
            Estimate interval =
                    Intervals.quantileMillis(new Distribution(histogram, 0), p).orElseThrow();
            covered += covers(interval, p * 1_000) ? 1 : 0;
        }
        assertThat(covered / (double) replicates).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void samplesThatDependOnEachOtherCountForFewerAndItIsSaid() {
        Estimate independent = Intervals.quantileMillis(ranks(1_000), 0.5, 1).orElseThrow();
        Estimate dependent = Intervals.quantileMillis(ranks(1_000), 0.5, 4).orElseThrow();
        assertThat(dependent.halfWidth()).isCloseTo(2 * independent.halfWidth(), within(3e-6));
        assertThat(independent.method()).isEqualTo("order statistics");
        assertThat(dependent.method()).isEqualTo("order statistics, as of 250");
    }

    @Test
    void tooFewSamplesGiveNoIntervalOfAQuantile() {
        assertThat(Intervals.quantileMillis(ranks(367), 0.99)).isEmpty();
        assertThat(Intervals.quantileMillis(ranks(368), 0.99)).isPresent();
    }
}
