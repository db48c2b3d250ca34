package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DownTimesTest {
    @Test
    void outagesThatTouchAreOne() {
        DownTimes down = given(new long[] {50, 10, 20, 18}, new long[] {60, 20, 30, 25});
        assertThat(down.startNanos(0)).isEqualTo(10);
        assertThat(down.endNanos(0)).isEqualTo(30);
        assertThat(down.startNanos(30)).isEqualTo(50);
        assertThat(down.startNanos(60)).isEqualTo(DownTimes.NONE);
        assertThat(down.isDown(10)).isTrue();
        assertThat(down.isDown(30)).isFalse();
    }

    @Test
    void withoutOutagesItIsNeverDown() {
        DownTimes down = given(new long[0], new long[0]);
        assertThat(down.never()).isTrue();
        assertThat(down.isDown(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void randomOutagesHaveTheirMeanLengthsFromTheBeginning() {
        double down = 0;
        double length = 0;
        int count = 0;
        int samples = 20_000;
        for (int seed = 0; seed < samples; seed++) {
            DownTimes times = new DownTimes(List.of(), 50e9, 5e9, new SplittableRandom(seed));
            down += times.isDown(seed % 3 * 100_000_000_000L) ? 1 : 0;
            long after = times.endNanos(500_000_000_000L);
            length += times.endNanos(after) - times.startNanos(after);
            count++;
        }
        assertThat(down / samples).isCloseTo(5.0 / 55, within(4 * Math.sqrt(5.0 / 55 * 50 / 55 / samples)));
        assertThat(length / count).isCloseTo(5e9, within(4 * 5e9 / Math.sqrt(count)));
    }

    @Test
    void atTheVeryBeginningItIsDownAsOftenAsEverAfter() {
        int samples = 20_000;
        int down = 0;
        for (int seed = 0; seed < samples; seed++) {
            down += new DownTimes(List.of(), 50e9, 5e9, new SplittableRandom(seed)).isDown(0) ? 1 : 0;
        }
        double share = 5.0 / 55;
        assertThat((double) down / samples).isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / samples)));
    }

    @Test
    void randomOutagesAloneAreOutages() {
        assertThat(new DownTimes(List.of(), 50e9, 5e9, new SplittableRandom(1)).never())
                .isFalse();
        assertThat(given(new long[] {10}, new long[] {20}).never()).isFalse();
    }

    @Test
    void whatIsForgottenChangesNothingThatFollows() {
        DownTimes remembering = random();
        DownTimes forgetting = random();
        for (long at = 0; at < 10_000_000_000L; at += 700_000) {
            forgetting.forget(at);
            assertThat(forgetting.isDown(at)).isEqualTo(remembering.isDown(at));
            long ahead = at + 500_000_000;
            assertThat(forgetting.endNanos(ahead)).isEqualTo(remembering.endNanos(ahead));
        }
    }

    @Test
    void outagesMayBeGivenInAnyOrder() {
        DownTimes times = given(new long[] {70, 10, 50, 30}, new long[] {75, 15, 55, 35});
        for (long start = 10; start <= 70; start += 20) {
            assertThat(times.startNanos(start - 1)).isEqualTo(start);
            assertThat(times.endNanos(start - 1)).isEqualTo(start + 5);
        }
        assertThat(times.startNanos(80)).isEqualTo(DownTimes.NONE);
    }

    @Test
    void oneThatRepeatsComesAfterEachPeriodAndSoOftenAsToldAndTouchesOthers() {
        DownTimes times = new DownTimes(
                List.of(new DownTimes.Given(100, 110, 100, 3), new DownTimes.Given(190, 205, 0, 1)),
                0,
                0,
                new SplittableRandom(1));
        assertThat(times.startNanos(0)).isEqualTo(100);
        assertThat(times.endNanos(0)).isEqualTo(110);
        assertThat(times.startNanos(110)).isEqualTo(190);
        assertThat(times.endNanos(110)).isEqualTo(210);
        assertThat(times.startNanos(210)).isEqualTo(300);
        assertThat(times.startNanos(310)).isEqualTo(DownTimes.NONE);
    }

    private static DownTimes random() {
        return new DownTimes(
                List.of(new DownTimes.Given(2_000_000_000L, 3_000_000_000L, 0, 1)), 20e6, 5e6, new SplittableRandom(1));
    }

    private static DownTimes given(long[] starts, long[] ends) {
        List<DownTimes.Given> given = IntStream.range(0, starts.length)
                .mapToObj(i -> new DownTimes.Given(starts[i], ends[i], 0, 1))
                .toList();
        return new DownTimes(given, 0, 0, new SplittableRandom(1));
    }
}
