package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PollTimes;
import dev.pushpull.schedule.PollsWhileUp;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.VirtualTally.Count;

/**
 * One consumer's polls in virtual time where connections are modelled. They are visited one by one, because whether a
 * poll finds its connection still open depends on the one before. A poll looks at the provider's log when its request
 * arrives; its further pages take no more time.
 */
public final class SteppedPolls {
    private final PollTimes times;
    private final long horizonNanos;
    private final long setUpNanos;
    private final long outNanos;
    private final long backNanos;
    private final long keptNanos;
    private long dueNanos;
    private long lookNanos;
    private long doneNanos;
    private boolean finds;
    private long made;
    private long opened;
    private long skipped;

    /**
     * @param times the poll times of the live poller
     * @param onGrid as {@link dev.pushpull.schedule.PollSchedule#onGrid}
     */
    public SteppedPolls(PollTimes times, boolean onGrid, Scenario scenario, Seeds seeds, int consumer) {
        this.times = PollsWhileUp.of(times, VirtualFaults.downTimes(scenario, seeds, consumer), onGrid);
        this.horizonNanos = scenario.run().durationNanos();
        Scenario.Wire wire = scenario.wire();
        this.setUpNanos = wire.setUpNanos();
        this.outNanos = wire.legNanos();
        this.backNanos = wire.legNanos() + scenario.network().pollResponseNanos();
        this.keptNanos = wire.keptNanos();
        make(true);
    }

    private void make(boolean first) {
        dueNanos = times.dueNanos();
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

    /** Adds the polls due before {@code untilNanos} to the tally, except those it has already. */
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
