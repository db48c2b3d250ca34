package dev.pushpull.delivery.polling;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.virtual.LegTimes;
import dev.pushpull.virtual.PollGrid;
import dev.pushpull.virtual.PolledEvents;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.util.List;

/** Polling at a fixed interval in virtual time; conditional polls differ only in their bytes. */
final class FixedPollingVirtual {
    private FixedPollingVirtual() {}

    /** @param wire plain or conditional */
    static Simulated in(String mode, ExchangeSizes wire, Scenario scenario, Seeds seeds) {
        return new Simulated(mode, List.of(wire), consumers(scenario, seeds));
    }

    static VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds) {
        FixedPollSchedule schedule = new FixedPollSchedule(
                scenario.polling().intervalNanos(), scenario.polling().phase());
        return (number, events, tally) -> new Consumer(scenario, schedule, seeds, number, events, tally);
    }

    private static final class Consumer extends VirtualConsumer {
        private final LegTimes legs;
        private final PollGrid grid;
        private final PolledEvents fetch;
        private long pollNanos = -1;
        private long heldNanos;

        Consumer(
                Scenario scenario,
                FixedPollSchedule schedule,
                Seeds seeds,
                int number,
                ArrivalTimes events,
                VirtualTally tally) {
            super(scenario, events, tally);
            this.legs = LegTimes.ofPolls(scenario, seeds, number);
            this.grid = new PollGrid(schedule, scenario, seeds, number);
            this.fetch = new PolledEvents(scenario, schedule.intervalNanos(), tally);
        }

        @Override
        protected void occurred(long eventNanos) {
            if (eventNanos > pollNanos) {
                pollNanos = grid.pollNanos(eventNanos);
                heldNanos = pollNanos + legs.nextNanos();
                fetch.begin(grid.dueNanos(pollNanos));
            }
            fetch.take(heldNanos - eventNanos);
        }

        @Override
        protected void passed(long untilNanos) {
            fetch.settle();
            grid.count(untilNanos, tally);
        }
    }
}
