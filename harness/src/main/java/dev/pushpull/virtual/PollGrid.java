package dev.pushpull.virtual;

import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.VirtualTally.Count;

/**
 * One consumer's polls at {@code phase + k * interval} in virtual time. Unless connections are modelled or there is a
 * quota, they are counted by arithmetic instead of visited: the same polls that {@link FixedPollSchedule} steps through.
 */
public final class PollGrid {
    private final long intervalNanos;
    private final long skippedAPoll;
    private final double pollsANano;
    private final long phaseNanos;
    private final DownTimes down;
    private final boolean neverDown;

    /** Null when the polls can be counted without visiting them. */
    private final SteppedPolls stepped;

    private long countedUntilNanos;
    private long made;

    /**
     * Checks that every poll can end before the next is due.
     *
     * @param flag the flag that set the interval
     * @throws dev.pushpull.scenario.InvalidInputException when a poll over a new connection cannot
     */
    public static void check(String flag, long intervalNanos, Scenario.Wire wire) {
        long longest = wire.setUpNanos() + wire.rttNanos();
        if (longest > intervalNanos) {
            throw Quantity.wrong(
                    "--rtt",
                    Quantity.duration(wire.rttNanos()),
                    "one that lets a poll over a new connection, %s, end within %s %s"
                            .formatted(Quantity.readable(longest), flag, Quantity.readableMost(intervalNanos)));
        }
    }

    /** Polls that fall due while one is on its way are skipped; a leg that is drawn counts with its mean here. */
    public PollGrid(FixedPollSchedule schedule, Scenario scenario, Seeds seeds, int consumer) {
        this.skippedAPoll = scenario.network().pollResponseNanos() / schedule.intervalNanos();
        this.intervalNanos = schedule.intervalNanos() * (skippedAPoll + 1);
        this.pollsANano = 1.0 / intervalNanos;
        this.phaseNanos = schedule.start(seeds.generator(Seeds.Purpose.POLL_PHASE, consumer))
                .dueNanos();
        this.down = VirtualFaults.downTimes(scenario, seeds, consumer);
        this.neverDown = down.never();
        this.stepped = SteppedPolls.areNeeded(scenario)
                ? new SteppedPolls(
                        schedule.start(seeds.generator(Seeds.Purpose.POLL_PHASE, consumer)),
                        true,
                        scenario,
                        seeds,
                        consumer)
                : null;
    }

    /** When the first poll at or after an event looks for it. Events must come in order. */
    public long pollNanos(long eventNanos) {
        if (stepped != null) {
            return stepped.lookNanos(eventNanos);
        }
        long tick = tickNanos(eventNanos);
        if (neverDown) {
            return tick;
        }
        countMade(eventNanos); // done here so that past outages can be forgotten
        while (down.isDown(tick)) {
            tick = tickNanos(down.endNanos(tick));
        }
        return tick;
    }

    /** When the poll last returned, which looks at {@code lookNanos}, was due. */
    public long dueNanos(long lookNanos) {
        return stepped != null ? stepped.dueNanos() : lookNanos;
    }

    /** Adds the polls made before {@code untilNanos} to the tally, except those it has already. */
    public void count(long untilNanos, VirtualTally tally) {
        if (stepped != null) {
            stepped.count(untilNanos, tally);
            return;
        }
        countMade(untilNanos);
        tally.of(Exchanges.POLL).made(made);
        tally.add(Count.SKIPPED, made * skippedAPoll);
        made = 0;
    }

    /** Multiplies by the reciprocal and corrects the result, because a division would take longer than all the rest. */
    private long tickNanos(long nanos) {
        if (nanos <= phaseNanos) {
            return phaseNanos;
        }
        long tick = phaseNanos + (long) ((nanos - phaseNanos) * pollsANano) * intervalNanos;
        while (tick < nanos) {
            tick += intervalNanos;
        }
        while (tick - intervalNanos >= nanos) {
            tick -= intervalNanos;
        }
        return tick;
    }

    private void countMade(long untilNanos) {
        if (untilNanos <= countedUntilNanos) {
            return;
        }
        long from = countedUntilNanos;
        countedUntilNanos = untilNanos;
        made += ticksBefore(untilNanos) - ticksBefore(from);
        if (neverDown) {
            return;
        }
        while (down.startNanos(from) < untilNanos) {
            long start = Math.max(down.startNanos(from), from);
            long end = Math.min(down.endNanos(from), untilNanos);
            made -= ticksBefore(end) - ticksBefore(start);
            from = end;
            if (end == untilNanos) {
                break;
            }
        }
        down.forget(untilNanos);
    }

    private long ticksBefore(long nanos) {
        return nanos <= phaseNanos ? 0 : (nanos - phaseNanos - 1) / intervalNanos + 1;
    }
}
