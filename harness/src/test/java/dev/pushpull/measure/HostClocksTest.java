package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HostClocksTest {
    @Test
    void theOffsetBetweenTheClocksIsOneAndTheSameForTheWholeProcess() {
        long offset = HostClocks.now(NanoClock.SYSTEM).offsetNanos();
        for (int i = 0; i < 1_000; i++) {
            assertThat(HostClocks.now(NanoClock.SYSTEM).offsetNanos()).isEqualTo(offset);
        }
        assertThat(HostClocks.now(() -> 12_345)).satisfies(clocks -> {
            assertThat(clocks.monotonicNanos()).isEqualTo(12_345);
            assertThat(clocks.offsetNanos()).isEqualTo(offset);
        });
    }

    @Test
    void theReadingIsTakenBetweenTwoOthersOfTheSameClock() {
        long before = System.nanoTime();
        HostClocks clocks = HostClocks.now(NanoClock.SYSTEM);
        long after = System.nanoTime();
        assertThat(clocks.monotonicNanos()).isBetween(before, after);
    }

    @Test
    void theEpochIsTheOneOfTheWallClock() {
        HostClocks clocks = HostClocks.now(NanoClock.SYSTEM);
        Instant now = Instant.now();
        long wallNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        // a minute either way: enough to tell a wrong unit or origin, whatever adjusts the wall clock meanwhile
        assertThat(Math.abs(clocks.epochNanos() - wallNanos)).isLessThan(TimeUnit.MINUTES.toNanos(1));
    }

    @Test
    void readingsOfOneBootAreOfOneClockAndOthersAreNot() {
        HostClocks here = HostClocks.now(NanoClock.SYSTEM);
        assertThat(here.bootId()).isNotBlank();
        assertThat(here.sameClockAs(HostClocks.now(NanoClock.SYSTEM))).isTrue();
        assertThat(here.sameClockAs(new HostClocks("another boot", here.monotonicNanos(), here.epochNanos())))
                .isFalse();
    }
}
