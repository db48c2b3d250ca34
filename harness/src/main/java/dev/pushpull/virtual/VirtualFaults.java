package dev.pushpull.virtual;

import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Seeds;

/** What goes wrong for one consumer in virtual time. */
public final class VirtualFaults {
    private VirtualFaults() {}

    /** When the consumer is down; the same on every call. */
    public static DownTimes downTimes(Scenario scenario, Seeds seeds, int consumer) {
        return Outage.downTimes(scenario.faults(), seeds, consumer);
    }

    /** The first moment from which on a consumer is up for so long. */
    public static long upFor(long withinNanos, long nanos, DownTimes down) {
        long up = nanos;
        while (down.startNanos(up) < up + withinNanos || down.isDown(up)) {
            up = down.endNanos(up);
        }
        return up;
    }

    /** When waiting ends: one interval and the drain after the horizon. */
    public static long deadlineNanos(Scenario scenario, long longestIntervalNanos) {
        return scenario.run().durationNanos()
                + longestIntervalNanos
                + scenario.run().drainNanos();
    }
}
