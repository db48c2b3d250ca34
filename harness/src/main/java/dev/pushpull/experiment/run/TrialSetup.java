package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a {@link TrialGroup} should run.
 *
 * @param plan its events
 * @param followed keep a journal of this many consumers, the first ones
 */
public record TrialSetup(Scenario scenario, EventPlan plan, List<DeliveryMode> modes, int followed) {
    /** What an event sets going is over by then, on a machine that is not very busy. */
    private static final long MOST_APART_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /**
     * When the measured time of a mode begins. Modes side by side have the same events with the same gaps, but one a few
     * milliseconds after the other, or within the mean gap where that is short: at the very same moment each would wait
     * for what the others make of the event.
     *
     * @param number of the mode, from 0
     * @param firstNanos when that of the first begins
     */
    public long startNanos(int number, long firstNanos) {
        double eventsPerSecond =
                scenario.events().arrivals().ratePerSecond() * scenario.events().streamCount();
        long meanGapNanos = (long) (TimeUnit.SECONDS.toNanos(1) / eventsPerSecond);
        return firstNanos + number * Math.min(MOST_APART_NANOS, meanGapNanos / modes.size());
    }
}
