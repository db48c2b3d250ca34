package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.PollTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.VirtualTally.Count;

/**
 * One consumer's polls in virtual time where connections are modelled: visited one by one, since whether a poll finds its
 * connection still open depends on the one before. The provider's log is looked at when the request is there; a poll's
 * further pages take no more time.
 */
public final class SteppedPolls {
    private final PollTimes times;
    private final boolean patient;
    private final long horizonNanos;
    private final long setUpNanos;
    private final long outNanos;
    private final long backNanos;
    private final long keptNanos;
    private final DownTimes down;
    private long dueNanos;
    private long lookNanos;
    private long doneNanos;
    private boolean finds;
    private long made;
    private long opened;
    private long skipped;

    /**
     * @param times the live poller's own
     * @param patient whether a poll due in an outage is made when it is over; it is not made otherwise
     */
    public SteppedPolls(PollTimes times, boolean patient, Scenario scenario, Seeds seeds, int consumer) {
        this.times = times;
        this.patient = patient;
        this.horizonNanos = scenario.run().durationNanos();
        Scenario.Wire wire = scenario.wire();
        this.setUpNanos = wire.setUpNanos();
        this.outNanos = wire.legNanos();
        this.backNanos = wire.legNanos() + scenario.network().pollResponseNanos();
        this.keptNanos = wire.keptNanos();
        this.down = VirtualFaults.downTimes(scenario, seeds, consumer);
        make(true);
    }

    private void make(boolean first) {
        dueNanos = times.dueNanos();
        down.forget(dueNanos);
        while (down.isDown(dueNanos)) {
            if (patient) {
                dueNanos = down.endNanos(dueNanos);
            } else {
                times.completed(dueNanos, 0);
                dueNanos = times.dueNanos();
            }
        }
        boolean opens = first || keptNanos == 0 || dueNanos - doneNanos > keptNanos;
        lookNanos = dueNanos + (opens ? setUpNanos : 0) + outNanos;
        doneNanos = lookNanos + backNanos;
        finds = false;
        if (dueNanos < horizonNanos) {
            made++;
            opened += opens ? 1 : 0;
        }
    }

    private void next() {
        skipped += times.skipped(doneNanos, horizonNanos);
        times.completed(doneNanos, finds ? 1 : 0);
        make(false);
    }

    /** When the first poll that can find an event looks for it. */
    public long lookNanos(long eventNanos) {
        while (lookNanos < eventNanos) {
            next();
        }
        finds = true;
        return lookNanos;
    }

    /** When that poll was due. */
    public long dueNanos() {
        return dueNanos;
    }

    /** Puts the polls due before {@code untilNanos} into the tally, as far as they are not in there. */
    public void count(long untilNanos, VirtualTally tally) {
        while (lookNanos < untilNanos) {
            next();
        }
        KindTally polls = tally.of(Exchanges.POLL);
        polls.made(made);
        polls.opened(opened);
        tally.add(Count.SKIPPED, skipped);
        made = 0;
        opened = 0;
        skipped = 0;
    }
}
