package dev.pushpull.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.CpuMeter;
import org.junit.jupiter.api.Test;

/** How often a run is looked at. */
class PaceTest {
    private static final long MILLISECOND = 1_000_000;

    private long own;
    private long all;
    private final Pace pace = new Pace(new CpuMeter.Clocks() {
        @Override
        public long thisThreadNanos() {
            return own;
        }

        @Override
        public long threadNanos(long id) {
            return 0;
        }

        @Override
        public long processNanos() {
            return all;
        }
    });

    /** Looks for a minute. */
    private long looked(long aLookNanos, double besidesPerNano) {
        long now = 0;
        long every = 500 * MILLISECOND;
        pace.begin(now, 0);
        while (now < 60_000 * MILLISECOND) {
            now += every;
            own += aLookNanos;
            all += aLookNanos + (long) (besidesPerNano * every);
            every = pace.next(now);
        }
        return every;
    }

    @Test
    void looksThatAreCheapComeFourTimesASecond() {
        assertThat(looked(MILLISECOND / 10, 0.5)).isEqualTo(250 * MILLISECOND);
    }

    @Test
    void looksThatAreDearComeSoRarelyThatTheyTakeLessThanAHundredth() {
        assertThat(looked(MILLISECOND, 0.1)).isBetween(1_500 * MILLISECOND, 2_000 * MILLISECOND);
        assertThat(pace.share().orElseThrow()).isLessThan(0.01);
    }

    @Test
    void aPageIsNeverLeftWithoutNewsForMoreThanTwoSeconds() {
        assertThat(looked(100 * MILLISECOND, 0.01)).isEqualTo(2_000 * MILLISECOND);
    }

    @Test
    void aShareIsUnknownBeforeTheFirstLook() {
        assertThat(pace.share()).isEmpty();
    }
}
