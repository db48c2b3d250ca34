package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PollTimes;
import dev.pushpull.schedule.PollsWhileUp;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.VirtualTally.Count;

/**
 * One consumer's polls in virtual time where connections are modelled or there is a quota. They are visited one by one,
 * because whether a poll finds its connection still open, or is over the quota, depends on those before. A poll looks at
 * the provider's log when its request arrives; its further pages take no more time and count against no quota. One that is
 * over the quota finds nothing, is answered like an empty poll, and the next is made when it was told to ask again.
 */
public final class SteppedPolls {
    private final PollTimes times;
    private final long horizonNanos;
    private final long setUpNanos;
    private final long outNanos;
    private final long backNanos;
    private final long keptNanos;
    private final boolean connectionsModelled;
    private final RequestQuota quota;
    private final RequestQuota.Window window = new RequestQuota.Window();
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
        this.connectionsModelled = wire.modelled();
        this.quota = scenario.polling().quota();
        make(true);
    }

    /** Whether polls must be visited. */
    public static boolean areNeeded(Scenario scenario) {
        return scenario.wire().modelled() || scenario.polling().quota().limits();
    }

    private void make(boolean first) {
        visit(first);
        for (long wait = quota.waitNanos(window, lookNanos); wait > 0; wait = quota.waitNanos(window, lookNanos)) {
            skipped += times.skipped(doneNanos, horizonNanos);
            times.completed(doneNanos + RequestQuota.retryAfterNanos(wait), 0);
            visit(false);
        }
    }

    private void visit(boolean first) {
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
        polls.opened(connectionsModelled ? opened : 0);
        tally.add(Count.SKIPPED, skipped);
        made = 0;
        opened = 0;
        skipped = 0;
    }
}
