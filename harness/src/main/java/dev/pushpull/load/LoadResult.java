package dev.pushpull.load;

import dev.pushpull.scenario.Distribution;

/**
 * What became of a step's counted requests. Due = answered + failed + unanswered.
 *
 * @param due in the measured time
 * @param answered with a status below 400
 * @param failed answered otherwise, or cut off
 * @param unanswered at the end of all waiting
 * @param completed answers that came in the measured time, to whatever request
 * @param sent requests sent since this driver began, counted or not
 * @param response from when a request was due to its whole answer; of an unanswered one, to the end of all waiting
 * @param service from when it was sent
 * @param late how much later it was sent than when it was due and had a connection: the driver's own doing
 * @param lag how long the driver's I/O thread took to turn to what it was asked; empty without one
 * @param cpuNanos of the driver's process in the measured time
 * @param busiestShare of the measured time that its I/O thread ran; 0 without one
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
        double busiestShare) {
    /** Answers a second. */
    public double achievedPerSecond() {
        return completed / seconds;
    }

    /** Requests that were not answered as they should. */
    public long errors() {
        return failed + unanswered;
    }

    /** The driver's CPU for each answer, in microseconds; 0 without answers. */
    public double cpuMicrosPerRequest() {
        return completed == 0 ? 0 : cpuNanos / 1e3 / completed;
    }
}
