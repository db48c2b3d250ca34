package dev.pushpull.delivery.hybrid;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.LegTimes;
import dev.pushpull.virtual.OrderOfArrival;
import dev.pushpull.virtual.PollGrid;
import dev.pushpull.virtual.VirtualAttempts;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualFaults;
import dev.pushpull.virtual.VirtualSender;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTally.Missed;
import dev.pushpull.virtual.VirtualTime;
import java.util.Arrays;
import java.util.List;

/**
 * Webhooks and a reconciling poll in virtual time. Each event has its webhook attempts. The poll brings all events
 * since the poll before, which gives the consumer what it lacks and reconfirms the rest. The provider does not know
 * what a poll brought and goes on with its attempts: one that succeeds afterwards brings a duplicate.
 */
final class HybridVirtual {
    private static final String NAME = "hybrid";

    private HybridVirtual() {}

    static Outcome simulate(Scenario scenario, ArrivalStreams events, Seeds seeds) {
        VirtualSender sender = VirtualSender.ofEvents(scenario, events, seeds, HybridOptions.RECONCILE.in(scenario));
        return VirtualTime.run(
                NAME,
                scenario,
                events,
                List.of(SurfaceBytes.polls(scenario), SurfaceBytes.webhooks(scenario)),
                consumers(scenario, seeds, sender),
                sender);
    }

    /** @param sender null where each event's attempts stand for themselves */
    static VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds, VirtualSender sender) {
        FixedPollSchedule schedule = new FixedPollSchedule(
                HybridOptions.RECONCILE.in(scenario), scenario.polling().phase());
        return (number, events, tally) -> new Consumer(scenario, schedule, seeds, number, events, tally, sender);
    }

    private static final class Consumer extends VirtualConsumer {
        private final LegTimes legs;
        private final int retention;
        private final int pageLimit;
        private final long deadlineNanos;
        private final VirtualAttempts attempts;
        private final PollGrid grid;
        private final KindTally polls;
        private final KindTally pages;
        private final OrderOfArrival order = new OrderOfArrival();
        private long pollNanos = -1;
        private long dueNanos = -1;

        /** The events that the next poll will bring: when they occurred and when webhooks brought them. */
        private long[] occurredNanos = new long[16];

        private long[] pushedNanos = new long[16];
        private Missed[] reasons = new Missed[16];
        private int oldest;
        private int count;

        Consumer(
                Scenario scenario,
                FixedPollSchedule schedule,
                Seeds seeds,
                int number,
                ArrivalTimes events,
                VirtualTally tally,
                VirtualSender sender) {
            super(scenario, events, tally);
            this.legs = LegTimes.ofPolls(scenario, seeds, number);
            this.retention = scenario.events().retention();
            this.pageLimit = scenario.polling().pageLimit();
            this.deadlineNanos = VirtualFaults.deadlineNanos(scenario, schedule.intervalNanos());
            this.attempts = new VirtualAttempts(scenario, schedule.intervalNanos(), seeds, number, tally, sender);
            this.grid = new PollGrid(schedule, scenario, seeds, number);
            this.polls = tally.of(Exchanges.POLL);
            this.pages = tally.of(Exchanges.PAGE);
        }

        @Override
        protected void occurred(long eventNanos) {
            if (eventNanos > pollNanos) {
                poll();
                pollNanos = grid.pollNanos(eventNanos);
                dueNanos = grid.dueNanos(pollNanos);
            }
            if (count == retention) {
                arrived(oldest, VirtualAttempts.NEVER, Missed.DROPPED_BY_RETENTION);
                oldest = (oldest + 1) % retention;
                count--;
            } else if (count == occurredNanos.length) {
                int room = (int) Math.min(retention, 2L * count);
                occurredNanos = Arrays.copyOf(occurredNanos, room);
                pushedNanos = Arrays.copyOf(pushedNanos, room);
                reasons = Arrays.copyOf(reasons, room);
            }
            int place = (oldest + count++) % retention;
            occurredNanos[place] = eventNanos;
            pushedNanos[place] = attempts.heldNanos(eventNanos);
            reasons[place] = attempts.missed();
            tally.add(Count.DUPLICATES, attempts.repeats());
        }

        @Override
        protected void passed(long untilNanos) {
            grid.count(untilNanos, tally);
        }

        @Override
        protected void ended() {
            poll();
        }

        /** Makes the poll that the events so far were waiting for. */
        private void poll() {
            boolean closing = dueNanos >= horizonNanos;
            long heldNanos = pollNanos + legs.nextNanos();
            boolean brings = false;
            for (int i = 0; i < count; i++) {
                brings |= pushedNanos[(oldest + i) % retention] > heldNanos;
            }
            boolean made = !closing || brings && dueNanos <= deadlineNanos;
            for (int i = 0; i < count; i++) {
                arrived((oldest + i) % retention, made ? heldNanos : VirtualAttempts.NEVER, Missed.NOT_FETCHED);
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
            count = 0;
            oldest = 0;
        }

        private void arrived(int place, long polledNanos, Missed notPolled) {
            long pushed = pushedNanos[place];
            long held = Math.min(pushed, polledNanos);
            if (held == VirtualAttempts.NEVER) {
                tally.missed(reasons[place], notPolled);
                return;
            }
            tally.delivered(held - occurredNanos[place]);
            tally.add(Count.OUT_OF_ORDER, order.arrived(occurredNanos[place], held));
            if (pushed != VirtualAttempts.NEVER && polledNanos != VirtualAttempts.NEVER) {
                tally.add(pushed <= polledNanos ? Count.RECONFIRMED : Count.DUPLICATES, 1);
            }
        }
    }
}
