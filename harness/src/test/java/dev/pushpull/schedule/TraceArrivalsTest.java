package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.schedule.Seeds.Purpose;
import org.junit.jupiter.api.Test;

class TraceArrivalsTest {
    private static final long[] RECORDED = {5_000_000_000L, 6_000_000_000L, 6_000_000_000L, 15_000_000_000L};

    private static ArrivalTimes times(TraceArrivals trace) {
        return trace.times(new Seeds(1).generator(Purpose.EVENTS, 0));
    }

    @Test
    void theFirstEventIsTimeZeroAndTheOthersKeepTheirDistance() {
        ArrivalTimes times = times(TraceArrivals.of("file", 0, RECORDED, 1, 0));
        assertThat(new long[] {times.nextNanos(), times.nextNanos(), times.nextNanos(), times.nextNanos()})
                .containsExactly(0, 1_000_000_000L, 1_000_000_000L, 10_000_000_000L);
    }

    @Test
    void aSpeedUpDividesAllDistances() {
        TraceArrivals trace = TraceArrivals.of("file", 0, RECORDED, 4, 0);
        ArrivalTimes times = times(trace);
        assertThat(new long[] {times.nextNanos(), times.nextNanos(), times.nextNanos(), times.nextNanos()})
                .containsExactly(0, 250_000_000L, 250_000_000L, 2_500_000_000L);
        assertThat(trace.spanNanos()).isEqualTo(2_500_000_000L);
        assertThat(trace.ratePerSecond()).isCloseTo(4 / 2.5, within(1e-12));
    }

    @Test
    void afterTheLastEventThereIsNoneForGood() {
        ArrivalTimes times = times(TraceArrivals.of("file", 0, RECORDED, 1, 0));
        for (int i = 0; i < RECORDED.length; i++) {
            assertThat(times.nextNanos()).isNotEqualTo(ArrivalTimes.NONE);
        }
        assertThat(times.nextNanos()).isEqualTo(ArrivalTimes.NONE);
        assertThat(times.nextNanos()).isEqualTo(ArrivalTimes.NONE);
    }

    @Test
    void twoReadersOfOneTraceDoNotDisturbEachOther() {
        TraceArrivals trace = TraceArrivals.of("file", 0, RECORDED, 1, 0);
        ArrivalTimes first = times(trace);
        first.nextNanos();
        first.nextNanos();
        assertThat(times(trace).nextNanos()).isZero();
    }

    @Test
    void theRateOfATraceWithoutASpanIsThatOfTheRun() {
        TraceArrivals trace = TraceArrivals.of("file", 0, new long[] {7, 7, 7}, 1, 2_000_000_000L);
        assertThat(trace.ratePerSecond()).isCloseTo(1.5, within(1e-12));
    }
}
