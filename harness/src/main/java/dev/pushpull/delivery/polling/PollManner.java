package dev.pushpull.delivery.polling;

import dev.pushpull.measure.Recorder;
import dev.pushpull.schedule.PollSchedule;

/**
 * What distinguishes one way of polling from another.
 *
 * @param schedule when each consumer polls
 * @param conditional whether a poll says what its consumer holds ({@code If-None-Match}), so that it can be answered
 *     304
 * @param waitSeconds how long the provider is asked to hold a poll until there is something ({@code Prefer: wait}, RFC
 *     7240); 0 for no wait
 * @param via how an event that a poll brings is counted
 */
public record PollManner(PollSchedule schedule, boolean conditional, long waitSeconds, Recorder.Via via) {
    /** Polls by a schedule for what is there. */
    public static PollManner plain(PollSchedule schedule) {
        return new PollManner(schedule, false, 0, Recorder.Via.POLL);
    }

    /** Whether polls wait at the provider until there is something. */
    boolean waits() {
        return waitSeconds > 0;
    }
}
