package dev.pushpull.delivery.polling;

import dev.pushpull.measure.Recorder;
import dev.pushpull.schedule.PollSchedule;

/**
 * What tells one way of polling from another.
 *
 * @param schedule when each consumer polls
 * @param conditional whether a poll says what it holds already ({@code If-None-Match}), to be answered 304
 * @param waitSeconds how long the provider is asked to hold a poll until there is something ({@code Prefer: wait}, RFC
 *     7240); 0 for not at all
 * @param via what an event that a poll brings counts as
 */
public record PollManner(PollSchedule schedule, boolean conditional, long waitSeconds, Recorder.Via via) {
    /** Asks for what is there, by a schedule. */
    public static PollManner plain(PollSchedule schedule) {
        return new PollManner(schedule, false, 0, Recorder.Via.POLL);
    }

    /** Whether polls stay out until there is something. */
    boolean waits() {
        return waitSeconds > 0;
    }
}
