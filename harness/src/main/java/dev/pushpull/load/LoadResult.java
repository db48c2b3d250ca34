package dev.pushpull.load;

import dev.pushpull.scenario.Distribution;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What happened to a step's counted requests. Due = answered + failed + unanswered.
 *
 * @param due in the measured time
 * @param answered with a status below 400
 * @param failed answered with an error, or cut off
 * @param unanswered when all waiting ended
 * @param completed answers that arrived in the measured time, to any request
 * @param sent requests sent since this driver started, counted or not
 * @param response from a request's due time to its whole answer; for an unanswered one, to the end of all waiting
 * @param service from its sending to its whole answer
 * @param late how much later it was sent than when it was due and had a connection: the driver's own delay
 * @param lag how long the driver's I/O thread took to react; empty without one
 * @param cpuNanos used by the driver's process in the measured time
 * @param busiestShare share of the measured time in which its I/O thread ran; 0 without one
 * @param times of a load with a rate, one by one
 */
public record LoadResult(
        long due,
        long answered,
        long failed,
        long unanswered,
        long completed,
        long sent,
        double seconds,
        Distribution response,
        Distribution service,
        Distribution late,
        Distribution lag,
        long cpuNanos,
        double busiestShare,
        Times times) {
    /**
     * What a histogram does not tell: when.
     *
     * @param responses of counted requests, by when they were due; of very many, evenly some
     * @param late requests that were sent late by more than a timer's own doing
     * @param lag how long the I/O thread took to turn, where that was more than a timer's own doing
     */
    public record Times(TimedDurations responses, TimedDurations late, TimedDurations lag) {
        public static final Times NONE = new Times(TimedDurations.NONE, TimedDurations.NONE, TimedDurations.NONE);

        /** Both together. */
        Times plus(Times other) {
            return new Times(responses.plus(other.responses), late.plus(other.late), lag.plus(other.lag));
        }
    }

    /** A timer may be so late by itself, nanoseconds. */
    public static final long TIMERS_NANOS = 500_000;

    /** Of drivers with a process each, in sum. Each has its own clock, so what happened when is left out. */
    public static LoadResult ofDrivers(List<LoadResult> all) {
        return new LoadResult(
                sum(all, LoadResult::due),
                sum(all, LoadResult::answered),
                sum(all, LoadResult::failed),
                sum(all, LoadResult::unanswered),
                sum(all, LoadResult::completed),
                sum(all, LoadResult::sent),
                all.get(0).seconds(),
                merged(all, LoadResult::response),
                merged(all, LoadResult::service),
                merged(all, LoadResult::late),
                merged(all, LoadResult::lag),
                sum(all, LoadResult::cpuNanos),
                all.stream().mapToDouble(LoadResult::busiestShare).max().orElse(0),
                Times.NONE);
    }

    private static long sum(List<LoadResult> all, ToLongFunction<LoadResult> count) {
        return all.stream().mapToLong(count).sum();
    }

    private static Distribution merged(List<LoadResult> all, Function<LoadResult, Distribution> times) {
        return Distribution.sum(all.stream().map(times).toList());
    }

    /** Answers a second. */
    public double achievedPerSecond() {
        return completed / seconds;
    }

    /** Requests that were not answered properly. */
    public long errors() {
        return failed + unanswered;
    }

    /** The driver's CPU for each answer, in microseconds; 0 without answers. */
    public double cpuMicrosPerRequest() {
        return completed == 0 ? 0 : cpuNanos / 1e3 / completed;
    }
}
