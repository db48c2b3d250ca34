package dev.pushpull.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimedDurationsTest {
    private static final long BASE = 1_000_000_000_000L;

    @Test
    void theyStandByWhenTheyBeganAndSurviveTheWayToAnotherProcess() throws Exception {
        TimedDurations written = TimedDurations.of(
                BASE, new long[] {BASE + 3_000_000, BASE - 5_000, BASE + 3_000}, new long[] {7_000, 1_000, 2_500});
        TimedDurations read = Lines.read(Lines.of(written), TimedDurations.class);
        assertThat(read.count()).isEqualTo(3);
        assertThat(read.atNanos(0)).isEqualTo(BASE - 5_000);
        assertThat(read.nanos(0)).isEqualTo(1_000);
        assertThat(read.nanos(1)).as("to the microsecond").isEqualTo(2_000);
        assertThat(read.atNanos(2)).isEqualTo(BASE + 3_000_000);
    }

    @Test
    void twoBecomeOneInOrder() {
        TimedDurations both = TimedDurations.of(
                        BASE, new long[] {BASE + 1_000, BASE + 9_000}, new long[] {1_000, 2_000})
                .plus(TimedDurations.of(BASE + 4_000, new long[] {BASE + 4_000}, new long[] {3_000}));
        assertThat(both.count()).isEqualTo(3);
        assertThat(both.atNanos(1)).isEqualTo(BASE + 4_000);
        assertThat(both.nanos(1)).isEqualTo(3_000);
    }
}
