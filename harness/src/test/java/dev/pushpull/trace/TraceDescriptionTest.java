package dev.pushpull.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.trace.TraceDescription.Polled;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a trace is like, against cases that can be worked out by hand and laws that are known. */
class TraceDescriptionTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theWasteIsExactOverARandomPhase() {
        TraceDescription trace = TraceDescription.of(new long[] {0, 4 * SECOND, 5 * SECOND, 10 * SECOND});
        assertThat(at(trace, 1).wasted()).as("3 of 10 s find something").isCloseTo(0.7, within(1e-12));
        assertThat(at(trace, 2).wasted()).as("2 + 1 + 2").isCloseTo(0.5, within(1e-12));
        assertThat(at(trace, 10).wasted()).isCloseTo(0, within(1e-12));
        assertThat(trace.ratePerSecond()).isCloseTo(0.3, within(1e-12));
        assertThat(trace.gapVariation()).as("gaps 4, 1, 5").isCloseTo(13.0 / 3 / (100.0 / 9), within(1e-12));
        assertThat(at(trace, 2).polls()).isEqualTo(5);
        assertThat(trace.polled().get(0).intervalNanos()).isEqualTo(SECOND);
        assertThat(trace.polled().get(trace.polled().size() - 1).intervalNanos())
                .isEqualTo(3_600 * SECOND);
    }

    /** The share of empty polls, by polling the trace at every phase of a fine grid. */
    @Test
    void theWasteIsWhatPollsWouldFind() {
        long[] times = times(new BurstyArrivals(0.5, 20e9, 200e9), 300, 5);
        TraceDescription trace = TraceDescription.of(times);
        for (long interval : new long[] {5 * SECOND, 60 * SECOND}) {
            long empty = 0;
            long polls = 0;
            for (int phase = 0; phase < 500; phase++) {
                int next = 1; // the first event begins the span
                for (long poll = times[0] + interval * phase / 500 + 1;
                        poll <= times[times.length - 1];
                        poll += interval) {
                    int before = next;
                    while (next < times.length && times[next] <= poll) {
                        next++;
                    }
                    polls++;
                    empty += before == next ? 1 : 0;
                }
            }
            assertThat(at(trace, interval / SECOND).wasted())
                    .as("the first poll of a phase sees less than an interval back")
                    .isCloseTo((double) empty / polls, within(0.01));
        }
    }

    @Test
    void poissonEventsAreNotBurstyAndAFitSaysSo() {
        TraceDescription trace = TraceDescription.of(times(new PoissonArrivals(0.5), 50_000, 1));
        assertThat(trace.gapVariation()).isCloseTo(1, within(0.03));
        assertThat(at(trace, 1).dispersion()).isCloseTo(1, within(0.03));
        assertThat(at(trace, 1).wasted()).isCloseTo(at(trace, 1).poissonWasted(), within(0.005));
        trace.bursty().ifPresent(law -> assertThat(law.burstRatePerSecond()).isLessThan(0.6));
    }

    @Test
    void periodicEventsHaveNoBurstyLaw() {
        TraceDescription trace = TraceDescription.of(times(new PeriodicArrivals(0.25), 10_000, 1));
        assertThat(trace.gapVariation()).isCloseTo(0, within(1e-9));
        assertThat(at(trace, 1).wasted()).isCloseTo(0.75, within(1e-3));
        assertThat(trace.bursty()).isEmpty();
    }

    @Test
    void aBurstyLawIsFoundAgainFromItsEvents() {
        BurstyArrivals truth = new BurstyArrivals(5, 2e9, 20e9);
        TraceDescription trace = TraceDescription.of(times(truth, 100_000, 2));
        BurstyArrivals law = trace.bursty().orElseThrow();
        assertThat(law.burstRatePerSecond()).isCloseTo(5, within(0.25));
        assertThat(law.meanOnNanos()).isCloseTo(2e9, within(0.2e9));
        assertThat(law.meanOffNanos()).isCloseTo(20e9, within(1.5e9));
        assertThat(law.ratePerSecond()).as("the trace's own rate").isCloseTo(trace.ratePerSecond(), within(1e-9));
        for (Polled polled : trace.polled()) {
            assertThat(polled.burstyWasted()).isCloseTo(polled.wasted(), within(0.01));
        }
    }

    @Test
    void aCoarseClockStillGivesALaw() {
        long[] times = times(new BurstyArrivals(5, 2e9, 20e9), 20_000, 3);
        long[] seconds =
                Arrays.stream(times).map(time -> time / SECOND * SECOND).toArray();
        TraceDescription trace = TraceDescription.of(seconds);
        assertThat(trace.simultaneous()).isGreaterThan(10_000);
        BurstyArrivals law = trace.bursty().orElseThrow();
        assertThat(law.ratePerSecond()).isCloseTo(trace.ratePerSecond(), within(1e-9));
        assertThat(at(trace, 60).burstyWasted()).isCloseTo(at(trace, 60).wasted(), within(0.03));
    }

    @Test
    void hoursAreThoseOfTheWeekFromMonday() {
        long wednesdayTen = Instant.parse("2025-11-26T10:30:00Z").getEpochSecond() * SECOND;
        long mondayZero = Instant.parse("2025-12-01T00:00:00Z").getEpochSecond() * SECOND;
        long before1970 = Instant.parse("1969-12-29T00:30:00Z").getEpochSecond() * SECOND; // a Monday
        TraceDescription trace = TraceDescription.of(new long[] {before1970, wednesdayTen, mondayZero});
        assertThat(trace.hours()).hasSize(168);
        assertThat(trace.hours().get(0)).isEqualTo(2);
        assertThat(trace.hours().get(2 * 24 + 10)).isEqualTo(1);
        assertThat(trace.cells().stream().mapToLong(cell -> cell).sum()).isEqualTo(3);
    }

    @Test
    void oneMomentHasNoRate() {
        TraceDescription trace = TraceDescription.of(new long[] {SECOND, SECOND});
        assertThat(trace.ratePerSecond()).isNaN();
        assertThat(at(trace, 1).wasted()).isNaN();
        assertThat(trace.bursty()).isEmpty();
        assertThat(trace.simultaneous()).isEqualTo(1);
    }

    private static Polled at(TraceDescription trace, long seconds) {
        return trace.polled().stream()
                .filter(polled -> polled.intervalNanos() == seconds * SECOND)
                .findFirst()
                .orElseThrow();
    }

    private static long[] times(ArrivalProcess law, int count, long seed) {
        ArrivalTimes times = law.times(new SplittableRandom(seed));
        long start = 1_764_115_200L * SECOND;
        long[] drawn = new long[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = start + times.nextNanos();
        }
        return drawn;
    }
}
