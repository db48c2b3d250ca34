package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyCountsTest {
    private final LatencyCounts counts = new LatencyCounts(LatencyCounts.THREE_DIGITS);

    /** Of all magnitudes up to a day, and the bounds where buckets double. */
    private static List<Long> durations() {
        Random random = new Random(3);
        List<Long> durations = new ArrayList<>(List.of(0L, 1L, 2_047L, 2_048L, 4_095L, 4_096L, 8_191L, 8_192L));
        for (int i = 0; i < 2_000; i++) {
            durations.add((long) Math.exp(random.nextDouble() * Math.log(86_400e9)));
        }
        return durations;
    }

    private static Histogram histogram(List<Long> durations) {
        Histogram histogram = new Histogram(3);
        durations.forEach(histogram::recordValue);
        return histogram;
    }

    @Test
    void itCountsInTheBucketsOfAHistogram() {
        durations().forEach(counts::record);
        assertThat(counts.distribution(5).histogram()).isEqualTo(histogram(durations()));
        assertThat(counts.distribution(5).sumNanos()).isEqualTo(5);
    }

    @Test
    void aQuantileIsTheMiddleOfTheBucketThatHoldsIt() {
        durations().forEach(counts::record);
        Histogram histogram = histogram(durations());
        for (double p : new double[] {0.001, 0.1, 0.5, 0.9, 0.99, 1}) {
            long at = histogram.getValueAtPercentile(100 * p);
            assertThat(counts.quantileNanos(p))
                    .as("p = %s", p)
                    .isEqualTo((histogram.lowestEquivalentValue(at) + histogram.highestEquivalentValue(at)) / 2.0);
        }
    }

    @Test
    void aQuantileIsReachedWhenTheWholeShareIs() {
        for (long nanos = 1; nanos <= 10; nanos++) {
            counts.record(nanos);
        }
        assertThat(counts.quantileNanos(0.5)).isEqualTo(5);
        assertThat(counts.quantileNanos(0.51)).isEqualTo(6);
        assertThat(counts.quantileNanos(0)).as("the least of all").isEqualTo(1);
        assertThat(counts.quantileNanos(1)).isEqualTo(10);
    }

    @Test
    void withoutAnyTheQuantileIsZero() {
        assertThat(counts.quantileNanos(0.5)).isZero();
    }

    @Test
    void moreDigitsMakeNarrowerBuckets() {
        LatencyCounts exact = new LatencyCounts(17);
        exact.record(100_001);
        assertThat(exact.quantileNanos(0.5)).isEqualTo(100_001);
        counts.record(100_001);
        assertThat(counts.quantileNanos(0.5)).isNotEqualTo(100_001).isCloseTo(100_001, within(64.0));
    }

    @Test
    void whatIsTakenBackWasNeverThere() {
        durations().forEach(counts::record);
        for (long nanos : List.of(7L, 5_000L, 3_000_000_000L)) {
            counts.record(nanos);
            counts.withdraw(nanos);
        }
        assertThat(counts.distribution(0).histogram()).isEqualTo(histogram(durations()));
        LatencyGroups groups = new LatencyGroups(1);
        assertThat(counts.giveTo(groups, 0)).isEqualTo(durations().size());
    }

    @Test
    void countsOfTwoTogetherAreTheCountsOfAll() {
        List<Long> shorter =
                durations().stream().filter(nanos -> nanos < 1_000_000).toList();
        for (List<List<Long>> parts : List.of(List.of(shorter, durations()), List.of(durations(), shorter))) {
            LatencyCounts sum = new LatencyCounts(LatencyCounts.THREE_DIGITS);
            LatencyCounts other = new LatencyCounts(LatencyCounts.THREE_DIGITS);
            parts.get(0).forEach(sum::record);
            parts.get(1).forEach(other::record);
            sum.add(other);
            List<Long> all = new ArrayList<>(parts.get(0));
            all.addAll(parts.get(1));
            assertThat(sum.distribution(0).histogram()).isEqualTo(histogram(all));
        }
    }

    @Test
    void toEachGroupGoesWhatCameSinceTheLastOne() {
        LatencyGroups groups = new LatencyGroups(20);
        for (int group = 0; group < 20; group++) {
            for (int i = 0; i < 50; i++) {
                counts.record(group % 2 == 0 ? 1_000 : 2_000_000);
            }
            assertThat(counts.giveTo(groups, group)).isEqualTo(50);
        }
        assertThat(counts.giveTo(groups, 0)).isZero();
        assertThat(groups.designEffect(0.5)).as("all or none of a group").isCloseTo(50 * 20 / 19.0, within(1e-9));
    }
}
