package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Seeds;

/** What goes wrong for one consumer in virtual time. */
public final class VirtualFaults {
    private VirtualFaults() {}

    /** When the consumer is down; the same on every call. */
    public static DownTimes downTimes(Scenario scenario, Seeds seeds, int consumer) {
        Scenario.Faults faults = scenario.faults();
        return new DownTimes(
                faults.outages().stream().mapToLong(Scenario.Outage::startNanos).toArray(),
                faults.outages().stream()
                        .mapToLong(outage -> outage.startNanos() + outage.lengthNanos())
                        .toArray(),
                faults.meanUpNanos(),
                faults.meanDownNanos(),
                seeds.generator(Seeds.Purpose.OUTAGES, consumer));
    }

    /** When waiting ends: one interval and the drain after the horizon. */
    public static long deadlineNanos(Scenario scenario, long longestIntervalNanos) {
        return scenario.run().durationNanos()
                + longestIntervalNanos
                + scenario.run().drainNanos();
    }
}
