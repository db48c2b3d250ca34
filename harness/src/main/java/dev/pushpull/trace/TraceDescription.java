package dev.pushpull.trace;

import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.theory.ModulatedPoisson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a trace is like, whatever one means to do with it.
 *
 * @param events how many times it has
 * @param firstNanos its first time, epoch nanoseconds
 * @param lastNanos its last time
 * @param ratePerSecond gaps divided by span; NaN when it spans no time
 * @param gapVariation squared coefficient of variation of the gaps: 1 for Poisson arrivals; NaN with fewer than two gaps
 * @param simultaneous how many events came at the very time of the one before
 * @param polled what polling at several intervals would find
 * @param hours events in each hour of the week, from Monday 00:00 UTC on
 * @param cells events in each of {@link #CELLS} equal parts of the span
 * @param bursty the bursty law that fits the gaps best, when they are burstier than Poisson's
 */
public record TraceDescription(
        long events,
        long firstNanos,
        long lastNanos,
        double ratePerSecond,
        double gapVariation,
        long simultaneous,
        List<Polled> polled,
        List<Long> hours,
        List<Long> cells,
        Optional<BurstyArrivals> bursty) {
    /** Parts of the span for a plot. */
    public static final int CELLS = 60;

    private static final int HOURS = 7 * 24;
    private static final long HOUR_NANOS = 3_600 * Calendar.SECOND;

    /** 1970-01-01 was a Thursday. */
    private static final int HOURS_BEFORE_1970 = 3 * 24;

    private static final List<Long> INTERVALS_SECONDS =
            List.of(1L, 2L, 5L, 10L, 30L, 60L, 120L, 300L, 600L, 1_800L, 3_600L);

    /**
     * What polling at one interval would find.
     *
     * @param intervalNanos T
     * @param polls expected number within the span
     * @param wasted the exact share of empty polls over a random phase: 1 minus the sum of min(gap, T) over the span
     *     (docs/theory.md section 2); NaN when the trace spans no time
     * @param poissonWasted e^(-lambda T), at the same rate
     * @param burstyWasted by the fitted law; NaN without one
     * @param dispersion variance over mean of the counts in windows of T: 1 for Poisson arrivals; NaN with fewer than two
     *     windows
     */
    public record Polled(
            long intervalNanos,
            double polls,
            double wasted,
            double poissonWasted,
            double burstyWasted,
            double dispersion) {}

    /** @param times in order, at least one */
    public static TraceDescription of(long[] times) {
        long span = times[times.length - 1] - times[0];
        double rate = span > 0 ? (times.length - 1) * 1e9 / span : Double.NaN;
        Optional<BurstyArrivals> bursty = new BurstyFit(times).law();
        List<Polled> polled = new ArrayList<>();
        for (long seconds : INTERVALS_SECONDS) {
            polled.add(polled(times, span, rate, seconds * Calendar.SECOND, bursty));
        }
        long simultaneous = 0;
        long[] hours = new long[HOURS];
        long[] cells = new long[CELLS];
        for (int i = 0; i < times.length; i++) {
            simultaneous += i > 0 && times[i] == times[i - 1] ? 1 : 0;
            hours[(int) Math.floorMod(Math.floorDiv(times[i], HOUR_NANOS) + HOURS_BEFORE_1970, (long) HOURS)]++;
            double place = span == 0 ? 0 : (double) (times[i] - times[0]) / span;
            cells[Math.min(CELLS - 1, (int) (place * CELLS))]++;
        }
        return new TraceDescription(
                times.length,
                times[0],
                times[times.length - 1],
                rate,
                gapVariation(times),
                simultaneous,
                polled,
                boxed(hours),
                boxed(cells),
                bursty);
    }

    private static List<Long> boxed(long[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }

    /** Welford's way (1962): one pass, without cancellation. */
    private static double gapVariation(long[] times) {
        double mean = 0;
        double squares = 0;
        for (int i = 1; i < times.length; i++) {
            double gap = times[i] - times[i - 1];
            double off = gap - mean;
            mean += off / i;
            squares += off * (gap - mean);
        }
        return times.length < 3 ? Double.NaN : squares / (times.length - 2) / (mean * mean);
    }

    private static Polled polled(
            long[] times, long span, double rate, long intervalNanos, Optional<BurstyArrivals> bursty) {
        double covered = 0;
        for (int i = 1; i < times.length; i++) {
            covered += Math.min(times[i] - times[i - 1], intervalNanos);
        }
        double seconds = intervalNanos / 1e9;
        return new Polled(
                intervalNanos,
                (double) span / intervalNanos,
                span == 0 ? Double.NaN : 1 - covered / span,
                Math.exp(-rate * seconds),
                bursty.map(TraceDescription::closedForm)
                        .map(law -> law.empty(seconds))
                        .orElse(Double.NaN),
                dispersion(times, span, intervalNanos));
    }

    private static ModulatedPoisson closedForm(BurstyArrivals law) {
        return new ModulatedPoisson(law.burstRatePerSecond(), 0, 1e9 / law.meanOnNanos(), 1e9 / law.meanOffNanos());
    }

    /** Over the whole windows of the span; a last one that is cut short is left out. */
    private static double dispersion(long[] times, long span, long intervalNanos) {
        long windows = span / intervalNanos;
        double squares = 0;
        long counted = 0;
        long inWindow = 0;
        long window = 0;
        for (long time : times) {
            long here = (time - times[0]) / intervalNanos;
            if (here >= windows) {
                break;
            }
            if (here != window) {
                squares += (double) inWindow * inWindow;
                inWindow = 0;
                window = here;
            }
            inWindow++;
            counted++;
        }
        squares += (double) inWindow * inWindow;
        double mean = (double) counted / windows;
        return windows < 2 ? Double.NaN : (squares - windows * mean * mean) / (windows - 1) / mean;
    }
}
