package dev.pushpull.scenario;

import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All consumers are down, once or again and again.
 *
 * @param startNanos of the first time, from the start of the run
 * @param lengthNanos each time
 * @param periodNanos from one beginning to the next, longer than an outage; 0 where there is no next
 * @param times how often, at least 1; 0 in runs from before outages could be repeated
 */
public record Outage(long startNanos, long lengthNanos, long periodNanos, long times) {
    /** Once. */
    public Outage(long startNanos, long lengthNanos) {
        this(startNanos, lengthNanos, 0, 1);
    }

    /** Again and again, first after one period, and so often as it can end within a time. */
    public static Outage every(long periodNanos, long lengthNanos, long withinNanos) {
        return new Outage(periodNanos, lengthNanos, periodNanos, (withinNanos - lengthNanos) / periodNanos);
    }

    /** How often. */
    public long count() {
        return Math.max(1, times);
    }

    /** Each single one, in order. */
    public static List<Outage> single(List<Outage> outages) {
        List<Outage> all = new ArrayList<>();
        for (Outage outage : outages) {
            for (long number = 0; number < outage.count(); number++) {
                all.add(new Outage(outage.startNanos + number * outage.periodNanos, outage.lengthNanos));
            }
        }
        all.sort(Comparator.comparingLong(Outage::startNanos));
        return all;
    }

    /** When it is over. */
    public long endNanos() {
        return startNanos + lengthNanos;
    }

    /** When a consumer is down; the same on every call. */
    public static DownTimes downTimes(Scenario.Faults faults, Seeds seeds, int consumer) {
        List<DownTimes.Given> given = new ArrayList<>();
        for (Outage outage : faults.outages()) {
            given.add(new DownTimes.Given(outage.startNanos, outage.endNanos(), outage.periodNanos, outage.count()));
        }
        return new DownTimes(
                given, faults.meanUpNanos(), faults.meanDownNanos(), seeds.generator(Seeds.Purpose.OUTAGES, consumer));
    }
}
