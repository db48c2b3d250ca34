package dev.pushpull.delivery.thin;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.LegTimes;
import dev.pushpull.virtual.VirtualFaults;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTally.Missed;

/**
 * The reads of one consumer in virtual time. A request travels as long as the mean of its answer. A read that is due
 * during an outage is made after it. Reads that find nothing because the read side lags behind are counted, not visited.
 */
final class VirtualReads {
    /** What happens to the read next. */
    private enum Stage {
        NONE,
        /** It begins. */
        DUE,
        /** It looks at the log. */
        LOOK,
        /** Its answer arrives. */
        ANSWER
    }

    private final VirtualTally tally;
    private final KindTally polls;
    private final KindTally pages;
    private final ReadPlan plan;
    private final Unread unread = new Unread();
    private final LegTimes legs;
    private final DownTimes down;
    private final Scenario.Wire wire;
    private final boolean constantLegs;
    private final long requestNanos;
    private final long lagNanos;
    private final long againNanos;
    private final int retention;
    private final int pageLimit;
    private final long horizonNanos;
    private final long deadlineNanos;

    private Stage stage = Stage.NONE;
    private long nextNanos = ReadPlan.NEVER;

    /** Of the newest read: when it was due, whether it counts in figures, how long it took until its look. */
    private long dueNanos;

    private boolean counts;
    private long toLookNanos;
    private boolean opens;
    private boolean found;

    /** When the newest answer arrived; negative without one. */
    private long doneNanos = -1;

    /** @param deadlineNanos later reads are not made */
    VirtualReads(
            Scenario scenario,
            ThinSettings settings,
            long deadlineNanos,
            Seeds seeds,
            int consumer,
            VirtualTally tally) {
        this.tally = tally;
        this.polls = tally.of(Exchanges.POLL);
        this.pages = tally.of(Exchanges.PAGE);
        this.plan = settings.plan();
        this.legs = LegTimes.ofPolls(scenario, seeds, consumer);
        this.down = VirtualFaults.downTimes(scenario, seeds, consumer);
        this.wire = scenario.wire();
        this.constantLegs = scenario.network().drawn(Leg.POLL_RESPONSE).isEmpty();
        this.requestNanos = scenario.network().pollResponseNanos() + wire.legNanos();
        this.lagNanos = settings.lagNanos();
        this.againNanos = settings.againNanos();
        this.retention = scenario.events().retention();
        this.pageLimit = scenario.polling().pageLimit();
        this.horizonNanos = scenario.run().durationNanos();
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * An event is in the log.
     *
     * @param untold why no webhook tells of it; null when one does
     * @return its cursor
     */
    long occurred(long eventNanos, Missed untold) {
        return unread.add(eventNanos, untold);
    }

    /** A webhook tells of a cursor. */
    void pinged(long told, long atNanos) {
        planned(plan.pinged(told, atNanos));
    }

    /** When something happens to the read; {@link ReadPlan#NEVER} without one. */
    long nextNanos() {
        return nextNanos;
    }

    private void planned(long nanos) {
        if (nanos != ReadPlan.NEVER) {
            next(Stage.DUE, nanos);
        }
    }

    private void next(Stage next, long nanos) {
        stage = next;
        nextNanos = nanos;
    }

    /** @param untilNanos before which no event occurs and no webhook arrives */
    void step(long untilNanos) {
        switch (stage) {
            case DUE -> begin();
            case LOOK -> look();
            case ANSWER -> answered(untilNanos);
            default -> throw new IllegalStateException("no read is planned");
        }
    }

    private void begin() {
        dueNanos = nextNanos;
        if (down.isDown(dueNanos)) {
            next(Stage.DUE, down.endNanos(dueNanos));
            return;
        }
        down.forget(dueNanos);
        if (dueNanos > deadlineNanos) {
            next(Stage.NONE, ReadPlan.NEVER); // and with it all that would follow
            return;
        }
        plan.begun();
        opens = wire.modelled() && (doneNanos < 0 || wire.keptNanos() == 0 || dueNanos - doneNanos > wire.keptNanos());
        toLookNanos = (opens ? wire.setUpNanos() : 0) + requestNanos;
        counts = dueNanos < horizonNanos;
        made(1);
        next(Stage.LOOK, dueNanos + toLookNanos);
    }

    private void made(long reads) {
        if (counts) {
            polls.made(reads);
            polls.opened(opens ? reads : 0);
        } else {
            tally.add(Count.DRAIN, reads);
        }
    }

    private void look() {
        long lookNanos = nextNanos;
        long heldNanos = lookNanos + legs.nextNanos();
        for (int dropped = unread.countUpTo(lookNanos) - retention; dropped > 0; dropped--) {
            tally.missed(unread.takeNanos(), Missed.DROPPED_BY_RETENTION);
        }
        int visible = unread.countUpTo(lookNanos - lagNanos);
        for (int event = 0; event < visible; event++) {
            tally.delivered(unread.takeNanos(), heldNanos);
        }
        found = visible > 0;
        if (found) {
            brought(visible);
        }
        next(Stage.ANSWER, heldNanos);
    }

    private void brought(int events) {
        int furtherPages = (events - 1) / pageLimit;
        if (counts) {
            polls.filled(1);
            polls.carried(events);
            pages.made(furtherPages);
            pages.filled(furtherPages);
        } else {
            tally.add(Count.DRAIN, furtherPages);
        }
    }

    private void answered(long untilNanos) {
        long lookNanos = dueNanos + toLookNanos;
        doneNanos = nextNanos;
        long again = plan.answered(unread.cursor(), doneNanos);
        while (!unread.isEmpty() && unread.cursor() < plan.cursor()) {
            tally.missed(unread.takeNanos(), Missed.PASSED_OVER);
        }
        next(Stage.NONE, ReadPlan.NEVER);
        planned(again);
        if (again == doneNanos + againNanos && !found && counts && constantLegs) {
            skipReadsThatFindNothing(lookNanos, untilNanos);
        }
    }

    /** All of them alike: they find nothing, and none of them knows of anything new. */
    private void skipReadsThatFindNothing(long lookNanos, long untilNanos) {
        boolean opened = opens;
        opens = wire.modelled() && (wire.keptNanos() == 0 || againNanos > wire.keptNanos());
        long cycleNanos = againNanos + (doneNanos - lookNanos) + (opens ? wire.setUpNanos() : 0) + requestNanos;
        long visibleNanos = unread.oldestNanos() + lagNanos;
        long quietNanos =
                Math.min(Math.min(visibleNanos, untilNanos), Math.min(horizonNanos, down.startNanos(doneNanos)));
        long alike = Math.max(0, (quietNanos - lookNanos) / cycleNanos - 2);
        if (alike > 0) {
            made(alike);
            doneNanos += alike * cycleNanos;
            next(Stage.DUE, nextNanos + alike * cycleNanos);
        }
        opens = opened;
    }

    /** Nothing happens any more. */
    void ended() {
        while (!unread.isEmpty()) {
            Missed untold = unread.whyUntold();
            if (untold == null) {
                tally.missed(unread.takeNanos(), Missed.NOT_FETCHED);
            } else {
                tally.missed(unread.takeNanos(), untold, Missed.NOT_FETCHED);
            }
        }
    }
}
