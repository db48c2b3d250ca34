package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTally.Missed;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A consumer to which events are pushed, and which polls beside that. A poll brings all events since the poll before,
 * which gives the consumer what it lacks and reconfirms the rest. The provider does not know what a poll brought: a push
 * that arrives afterwards brings a duplicate. What becomes of a push may be known only after the poll; the poll is
 * settled then.
 */
public final class PollsBeside extends VirtualConsumer {
    /** What does not depend on the consumer. */
    public record Beside(Scenario scenario, VirtualTime.Consumers pushes, FixedPollSchedule schedule, Ends ends) {
        /** The consumers with their polls. */
        public VirtualTime.Consumers consumers(Seeds seeds) {
            return (number, events, tally) -> new PollsBeside(this, seeds, number, events, tally);
        }
    }

    /**
     * What polls wait for.
     *
     * @param lagNanos how long after an event polls find it
     * @param longestNanos how long after the horizon a closing poll may come, beyond the drain
     */
    public record Ends(long lagNanos, long longestNanos) {}

    /** A poll, and which events it brings. */
    private record Poll(long dueNanos, long heldNanos, long first, long end) {}

    private final VirtualConsumer pushes;
    private final LegTimes legs;
    private final int retention;
    private final int pageLimit;
    private final long lagNanos;
    private final long deadlineNanos;
    private final PollGrid grid;
    private final KindTally polls;
    private final KindTally pages;
    private final OrderOfArrival order = new OrderOfArrival();
    private final PushedEvents open = new PushedEvents();
    private final Deque<Poll> unsettled = new ArrayDeque<>();
    private long pollNanos = -1;
    private long dueNanos = -1;

    /** The first event that the next poll still brings. */
    private long first;

    private PollsBeside(Beside beside, Seeds seeds, int number, ArrivalTimes events, VirtualTally tally) {
        super(beside.scenario(), events, tally);
        Scenario scenario = beside.scenario();
        this.pushes = beside.pushes().start(number, () -> ArrivalTimes.NONE, tally.telling(open));
        this.legs = LegTimes.ofPolls(scenario, seeds, number);
        this.retention = scenario.events().retention();
        this.pageLimit = scenario.polling().pageLimit();
        this.lagNanos = beside.ends().lagNanos();
        this.deadlineNanos = VirtualFaults.deadlineNanos(scenario, beside.ends().longestNanos());
        this.grid = new PollGrid(beside.schedule(), scenario, seeds, number);
        this.polls = tally.of(Exchanges.POLL);
        this.pages = tally.of(Exchanges.PAGE);
    }

    @Override
    protected void occurred(long eventNanos) {
        long foundNanos = eventNanos + lagNanos;
        if (foundNanos > pollNanos) {
            poll();
            pollNanos = grid.pollNanos(foundNanos);
            dueNanos = grid.dueNanos(pollNanos);
        }
        if (open.end() - first == retention) {
            first++; // newer events have displaced it
        }
        open.add(eventNanos);
        pushes.occurred(eventNanos);
        settle();
    }

    @Override
    protected void passed(long untilNanos) {
        pushes.passed(untilNanos);
        grid.count(untilNanos, tally);
        settle();
    }

    @Override
    protected void ended() {
        pushes.ended();
        poll();
        if (open.begin() < open.end()) {
            throw new IllegalStateException("a mode did not say what became of an event");
        }
    }

    /** Makes the poll that the events so far were waiting for. */
    private void poll() {
        unsettled.addLast(new Poll(dueNanos, pollNanos + legs.nextNanos(), first, open.end()));
        first = open.end();
        settle();
    }

    /** As soon as it is known what became of the pushes. */
    private void settle() {
        while (!unsettled.isEmpty() && open.knownUpTo() >= unsettled.peekFirst().end()) {
            settle(unsettled.removeFirst());
        }
        if (unsettled.isEmpty()) {
            takeDropped(Math.min(first, open.knownUpTo()));
        }
    }

    private void takeDropped(long upTo) {
        while (open.begin() < upTo) {
            take(VirtualAttempts.NEVER, Missed.DROPPED_BY_RETENTION);
        }
    }

    private void settle(Poll poll) {
        takeDropped(poll.first());
        boolean brings = false;
        for (long event = poll.first(); event < poll.end(); event++) {
            brings |= open.pushedNanos(event) > poll.heldNanos();
        }
        boolean closing = poll.dueNanos() >= horizonNanos;
        boolean made = !closing || brings && poll.dueNanos() <= deadlineNanos;
        int count = (int) (poll.end() - poll.first());
        while (open.begin() < poll.end()) {
            take(made ? poll.heldNanos() : VirtualAttempts.NEVER, Missed.NOT_FETCHED);
        }
        if (made && count > 0) {
            int furtherPages = (count - 1) / pageLimit;
            if (closing) {
                tally.add(Count.DRAIN, furtherPages + 1);
            } else {
                pages.made(furtherPages);
                pages.filled(furtherPages);
                polls.filled(brings ? 1 : 0);
                polls.carried(count);
            }
        }
    }

    /** The oldest event, which a poll brings at this time or never. */
    private void take(long polledNanos, Missed notPolled) {
        long event = open.begin();
        long occurredNanos = open.occurredNanos(event);
        long pushed = open.pushedNanos(event);
        long held = Math.min(pushed, polledNanos);
        if (held == VirtualAttempts.NEVER) {
            tally.missed(open.reasons(event) | notPolled.bit());
        } else {
            tally.delivered(held - occurredNanos);
            tally.add(Count.OUT_OF_ORDER, order.arrived(occurredNanos, held));
            if (pushed != VirtualAttempts.NEVER && polledNanos != VirtualAttempts.NEVER) {
                tally.add(pushed <= polledNanos ? Count.RECONFIRMED : Count.DUPLICATES, 1);
            }
        }
        open.remove();
    }
}
