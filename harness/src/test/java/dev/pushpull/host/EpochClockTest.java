package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EpochClockTest {
    private static final long MILLI = 1_000_000;

    @Test
    void itTellsTheTimeSince1970OfAnyMomentSinceTheStart() {
        Instant before = Instant.now().minusMillis(1);
        EpochClock clock = new EpochClock(NanoClock.SYSTEM);
        Instant moment = Instant.ofEpochSecond(0, clock.epochNanos(clock.sinceStartNanos()));
        assertThat(clock.startedAt()).isAfter(before).isBeforeOrEqualTo(moment);
        assertThat(moment).isBefore(Instant.now().plusMillis(1));
        assertThat(Math.abs(clock.steppedNanos())).isLessThan(1_000 * MILLI);
    }

    @Test
    void aMomentIsTheStartAndTheTimeSinceToTheNanosecond() {
        EpochClock clock = new EpochClock(NanoClock.SYSTEM);
        assertThat(Instant.ofEpochSecond(0, clock.epochNanos(123_456_789)))
                .isEqualTo(clock.startedAt().plusNanos(123_456_789));
    }

    /** A monotonic clock that stood still, as in a suspend, looks as if the wall clock had been set. */
    @Test
    void aStepOfTheWallClockIsSeenAndChangesNoMoment() {
        AtomicLong stoodNanos = new AtomicLong();
        EpochClock clock = new EpochClock(() -> System.nanoTime() - stoodNanos.get());
        long moment = clock.epochNanos(5);
        stoodNanos.set(3_600_000 * MILLI);
        assertThat(clock.steppedNanos()).isBetween(3_590_000 * MILLI, 3_610_000 * MILLI);
        assertThat(clock.epochNanos(5)).isEqualTo(moment);
    }
}
