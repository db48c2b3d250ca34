package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.Draws;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BucketsTest {
    @Test
    void leavesAShortSeriesAsItIs() {
        Buckets buckets = Buckets.of(new double[] {3, 1, 2}, 3);

        assertThat(buckets.width()).isEqualTo(1);
        assertThat(buckets.buckets()).extracting(Buckets.Bucket::greatest).containsExactly(3.0, 1.0, 2.0);
    }

    @Test
    void keepsAPeakOfOneValueAmongThousands() {
        double[] values = new double[10_000];
        values[7_321] = 99;
        values[7_322] = -1;

        Buckets buckets = Buckets.of(values, 100);

        assertThat(buckets.buckets()).hasSize(100);
        assertThat(buckets.buckets().get(73)).isEqualTo(new Buckets.Bucket(0.98, -1, 99));
    }

    @Test
    void isEmptyForNothing() {
        assertThat(Buckets.of(new double[0], 5).buckets()).isEmpty();
    }

    @Test
    void neverLosesAnExtremeNorTheSum() throws Exception {
        Draws.each(1000, this::neverLosesAnExtremeNorTheSum);
    }

    private void neverLosesAnExtremeNorTheSum(Draws draws) {
        double[] values = new double[draws.number(1, 500)];
        Arrays.setAll(values, i -> draws.finite() % 1e6);
        int most = draws.number(1, 60);

        Buckets buckets = Buckets.of(values, most);

        assertThat(buckets.buckets()).hasSizeBetween(1, most);
        assertThat(buckets.buckets().stream()
                        .mapToDouble(Buckets.Bucket::greatest)
                        .max())
                .hasValue(Arrays.stream(values).max().getAsDouble());
        assertThat(buckets.buckets().stream().mapToDouble(Buckets.Bucket::least).min())
                .hasValue(Arrays.stream(values).min().getAsDouble());
        double sum = 0;
        for (int i = 0; i < buckets.buckets().size(); i++) {
            int count = Math.min(buckets.width(), values.length - i * buckets.width());
            sum += buckets.buckets().get(i).mean() * count;
        }
        assertThat(sum).isCloseTo(Arrays.stream(values).sum(), org.assertj.core.data.Offset.offset(1e-3));
    }
}
