package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.measure.RoundTripFloor;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.SteadinessVerdict.Slice;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link HiccupMeter} and {@link RoundTripFloor}: what runs beside every trial. */
@Timeout(60)
@Tag("timing")
class MachineMetersTest {
    /** The system's clock, and a latch that opens after this many readings: work done, not time passed. */
    private record CountingClock(CountDownLatch readings) implements NanoClock {
        CountingClock(int readings) {
            this(new CountDownLatch(readings));
        }

        @Override
        public long nanoTime() {
            readings.countDown();
            return System.nanoTime();
        }

        void awaitReadings() throws InterruptedException {
            assertThat(readings.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean anyThreadOf(RoleThreads threads) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.isAlive() && thread.getName().startsWith(threads.prefix()));
    }

    @Test
    void theHiccupMeterCollectsUntilItIsStopped() throws Exception {
        RoleThreads threads = new RoleThreads("hiccup-test", RoleThreads.HARNESS);
        CountingClock clock = new CountingClock(100);
        try (HiccupMeter meter = new HiccupMeter(clock, threads)) {
            meter.start();
            clock.awaitReadings();
            Distribution heard = meter.stop();
            assertThat(heard.count()).isGreaterThanOrEqualTo(40); // two readings a sample, some cut short
            assertThat(heard.meanMillis().orElseThrow()).isPositive();
            assertThat(anyThreadOf(threads)).isFalse();
        }
    }

    @Test
    void aHiccupIsWhatASleepTookBeyondItsMillisecond() throws Exception {
        AtomicLong readings = new AtomicLong();
        CountDownLatch enough = new CountDownLatch(20);
        // every second reading lies 1.5 ms after the one before
        NanoClock clock = () -> {
            enough.countDown();
            long reading = readings.getAndIncrement();
            return (reading + 1) / 2 * 1_500_000;
        };
        try (HiccupMeter meter = new HiccupMeter(clock, new RoleThreads("hiccup-exact", RoleThreads.HARNESS))) {
            meter.start();
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
            Distribution heard = meter.stop();
            assertThat(heard.count()).isPositive();
            assertThat(heard.meanMillis().orElseThrow()).isCloseTo(0.5, within(1e-9));
            assertThat(heard.maxMillis().orElseThrow()).isCloseTo(0.5, within(0.0005));
        }
    }

    @Test
    void aHiccupMeterThatWasNeverStartedStopsWithNothing() throws Exception {
        try (HiccupMeter meter =
                new HiccupMeter(NanoClock.SYSTEM, new RoleThreads("hiccup-idle", RoleThreads.HARNESS))) {
            assertThat(meter.stop().count()).isZero();
        }
    }

    @Test
    void theFloorCollectsRoundTripsUntilItIsStopped() throws Exception {
        RoleThreads threads = new RoleThreads("floor-test", RoleThreads.HARNESS);
        CountingClock clock = new CountingClock(500);
        try (RoundTripFloor floor = new RoundTripFloor(clock, threads, 2_000, 1_024)) {
            floor.start();
            clock.awaitReadings();
            Distribution roundTrips = floor.stop();
            assertThat(roundTrips.count()).isPositive();
            assertThat(roundTrips.meanMillis().orElseThrow()).isPositive();
            assertThat(roundTrips.sumNanos()).isPositive();
            assertThat(anyThreadOf(threads)).isFalse();
        }
    }

    @Test
    void theFloorFollowsOnlyTheTimeItIsToldTo() throws Exception {
        long hourNanos = TimeUnit.HOURS.toNanos(1);
        long nowNanos = System.nanoTime();
        assertThat(followed(nowNanos, hourNanos)).isPositive();
        assertThat(followed(nowNanos + hourNanos, hourNanos)).isZero();
        assertThat(followed(nowNanos - hourNanos, hourNanos)).isZero();
    }

    /** Round trips of a floor that run now, in slices of the time that it follows. */
    private static long followed(long startNanos, long durationNanos) throws Exception {
        CountingClock clock = new CountingClock(500);
        RoleThreads threads = new RoleThreads("floor-followed", RoleThreads.HARNESS);
        try (RoundTripFloor floor = new RoundTripFloor(clock, threads, 500, 0)) {
            floor.start(startNanos, durationNanos);
            clock.awaitReadings();
            assertThat(floor.stop().count()).isPositive();
            return floor.steadiness(durationNanos).slices().stream()
                    .mapToLong(Slice::count)
                    .sum();
        }
    }

    @Test
    void theFloorKeepsItsRateAndDoesNotRushWhatItMissed() throws Exception {
        CountingClock clock = new CountingClock(200);
        RoleThreads threads = new RoleThreads("floor-rate", RoleThreads.HARNESS);
        try (RoundTripFloor floor = new RoundTripFloor(clock, threads, 200, 0)) {
            long started = System.nanoTime();
            floor.start();
            clock.awaitReadings();
            Distribution roundTrips = floor.stop();
            double seconds = (System.nanoTime() - started) / 1e9;
            assertThat(roundTrips.count()).isLessThanOrEqualTo((long) (seconds * 200) + 2); // never faster
        }
    }

    @Test
    void aFloorThatWasNeverStartedStopsWithNothing() throws Exception {
        try (RoundTripFloor floor =
                new RoundTripFloor(NanoClock.SYSTEM, new RoleThreads("floor-idle", RoleThreads.HARNESS), 100, 0)) {
            assertThat(floor.stop().count()).isZero();
        }
    }

    @Test
    void aFloorThatIsStoppedAtOnceLeavesNoThreadBehind() throws Exception {
        RoleThreads threads = new RoleThreads("floor-short", RoleThreads.HARNESS);
        for (int i = 0; i < 50; i++) {
            try (RoundTripFloor floor = new RoundTripFloor(NanoClock.SYSTEM, threads, 1_000, 10)) {
                floor.start();
                floor.stop();
            }
            assertThat(anyThreadOf(threads)).isFalse();
        }
    }
}
