package dev.pushpull.delivery.polling;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.AdaptivePollSchedule;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.LegTimes;
import dev.pushpull.virtual.PolledEvents;
import dev.pushpull.virtual.SteppedPolls;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualFaults;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.util.List;

/**
 * Adaptive polling in virtual time. A poll that finds something starts the backing-off anew, so the polls after it
 * stand at offsets known beforehand ({@link BackoffOffsets}), by which those that find nothing are counted. A poll that
 * falls into an outage is made after it.
 */
final class AdaptivePollingVirtual {
    private static final String NAME = "adaptive-polling";

    private AdaptivePollingVirtual() {}

    static Simulated in(Scenario scenario, Seeds seeds) {
        return new Simulated(NAME, List.of(SurfaceBytes.polls(scenario)), consumers(scenario, seeds));
    }

    static VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds) {
        AdaptivePollSchedule schedule = AdaptiveOptions.schedule(scenario);
        BackoffOffsets offsets = new BackoffOffsets(schedule, scenario.network().pollResponseNanos());
        return (number, events, tally) -> SteppedPolls.areNeeded(scenario)
                ? new SteppedConsumer(scenario, schedule, seeds, number, events, tally)
                : new Consumer(scenario, schedule, offsets, seeds, number, events, tally);
    }

    /** A consumer whose polls are visited one by one. */
    private static final class SteppedConsumer extends VirtualConsumer {
        private final LegTimes legs;
        private final SteppedPolls polls;
        private final PolledEvents fetch;
        private long lookNanos = -1;
        private long heldNanos;

        SteppedConsumer(
                Scenario scenario,
                AdaptivePollSchedule schedule,
                Seeds seeds,
                int number,
                ArrivalTimes events,
                VirtualTally tally) {
            super(scenario, events, tally);
            this.legs = LegTimes.ofPolls(scenario, seeds, number);
            this.polls = new SteppedPolls(
                    schedule.start(seeds.generator(Seeds.Purpose.POLL_PHASE, number)),
                    schedule.onGrid(),
                    scenario,
                    seeds,
                    number);
            this.fetch = new PolledEvents(scenario, schedule.mostNanos(), tally);
        }

        @Override
        protected void occurred(long eventNanos) {
            if (eventNanos > lookNanos) {
                lookNanos = polls.lookNanos(eventNanos);
                heldNanos = lookNanos + legs.nextNanos();
                fetch.begin(polls.dueNanos());
            }
            fetch.take(heldNanos - eventNanos);
        }

        @Override
        protected void passed(long untilNanos) {
            fetch.settle();
            polls.count(untilNanos, tally);
        }
    }

    private static final class Consumer extends VirtualConsumer {
        private final KindTally polls;
        private final LegTimes legs;
        private final BackoffOffsets offsets;
        private final DownTimes down;
        private final PolledEvents fetch;

        /** The poll that found, or will find, the newest event. */
        private long pollNanos = -1;

        private long heldNanos;

        /** Poll number n is due at {@code shiftNanos + offsets.nanos(n)}; those before {@code next} are counted. */
        private long shiftNanos;

        private long next = 1;

        Consumer(
                Scenario scenario,
                AdaptivePollSchedule schedule,
                BackoffOffsets offsets,
                Seeds seeds,
                int number,
                ArrivalTimes events,
                VirtualTally tally) {
            super(scenario, events, tally);
            this.polls = tally.of(Exchanges.POLL);
            this.legs = LegTimes.ofPolls(scenario, seeds, number);
            this.offsets = offsets;
            this.down = VirtualFaults.downTimes(scenario, seeds, number);
            this.fetch = new PolledEvents(scenario, schedule.mostNanos(), tally);
            long firstNanos = schedule.start(seeds.generator(Seeds.Purpose.POLL_PHASE, number))
                    .dueNanos();
            this.shiftNanos = firstNanos - offsets.nanos(next); // as if the poll before it had found something
        }

        @Override
        protected void occurred(long eventNanos) {
            if (eventNanos > pollNanos) {
                pollNanos = pollAt(eventNanos);
                heldNanos = pollNanos + legs.nextNanos();
                shiftNanos = pollNanos;
                next = 1;
                fetch.begin(pollNanos);
                if (pollNanos < horizonNanos) {
                    polls.made(1);
                }
            }
            fetch.take(heldNanos - eventNanos);
        }

        @Override
        protected void passed(long untilNanos) {
            fetch.settle();
            pollAt(untilNanos);
        }

        /** When the first poll at or after a moment is made; counts those before it, which found nothing. */
        private long pollAt(long nanos) {
            down.forget(shiftNanos + offsets.nanos(next));
            while (true) {
                long due = shiftNanos + offsets.nanos(next);
                long number = numberAt(nanos);
                long poll = shiftNanos + offsets.nanos(number);
                long downFrom = down.startNanos(due);
                if (downFrom > poll) {
                    count(number);
                    return poll;
                }
                long downUntil = down.endNanos(due);
                count(numberAt(downFrom));
                if (shiftNanos + offsets.nanos(next) < downUntil) {
                    shiftNanos = downUntil - offsets.nanos(next);
                }
            }
        }

        private void count(long beforeNumber) {
            polls.made(beforeNumber - next);
            next = beforeNumber;
        }

        /** The first of the remaining polls that is due at or after a moment. */
        private long numberAt(long nanos) {
            return Math.max(next, offsets.numberAt(nanos - shiftNanos));
        }
    }
}
