package dev.pushpull.delivery.webhook;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.virtual.OrderOfArrival;
import dev.pushpull.virtual.VirtualAttempts;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualSender;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.util.List;

/** Webhooks in virtual time (docs/theory.md sections 4 and 8). */
final class WebhookVirtual {
    private WebhookVirtual() {}

    static Simulated in(String mode, Scenario scenario, ArrivalStreams events, Seeds seeds) {
        VirtualSender sender = VirtualSender.ofEvents(
                scenario, events, seeds, scenario.polling().intervalNanos());
        return new Simulated(
                mode, List.of(SurfaceBytes.webhooks(scenario)), consumers(scenario, seeds, sender), sender);
    }

    /** @param sender null where each event's attempts stand for themselves */
    static VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds, VirtualSender sender) {
        return (number, events, tally) -> new Consumer(scenario, seeds, number, events, tally, sender);
    }

    private static final class Consumer extends VirtualConsumer {
        private final VirtualAttempts attempts;
        private final OrderOfArrival order = new OrderOfArrival();

        Consumer(
                Scenario scenario,
                Seeds seeds,
                int number,
                ArrivalTimes events,
                VirtualTally tally,
                VirtualSender sender) {
            super(scenario, events, tally);
            this.attempts =
                    new VirtualAttempts(scenario, scenario.polling().intervalNanos(), seeds, number, tally, sender);
        }

        @Override
        protected void occurred(long eventNanos) {
            long heldNanos = attempts.heldNanos(eventNanos);
            if (heldNanos == VirtualAttempts.NEVER) {
                tally.missed(eventNanos, attempts.missed());
                return;
            }
            tally.add(Count.DUPLICATES, attempts.repeats());
            tally.add(Count.OUT_OF_ORDER, order.arrived(eventNanos, heldNanos));
            tally.delivered(eventNanos, heldNanos);
        }

        @Override
        protected void passed(long untilNanos) {
            // only events cause webhooks
        }
    }
}
