package dev.pushpull.delivery.thin;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.virtual.VirtualAttempts;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualFaults;
import dev.pushpull.virtual.VirtualSender;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.util.List;

/**
 * Thin webhooks in virtual time (docs/theory.md section 15). Each event has its attempts at a webhook; the same plan as
 * in a live run says which of them start a read.
 */
final class ThinVirtual {
    private ThinVirtual() {}

    static Simulated in(String mode, Scenario scenario, ArrivalStreams events, Seeds seeds) {
        VirtualSender sender = VirtualSender.ofEvents(scenario, events, seeds, longestNanos(scenario));
        return new Simulated(
                mode,
                List.of(SurfaceBytes.polls(scenario), SurfaceBytes.webhooks(scenario, Ping.bytes(scenario))),
                consumers(scenario, seeds, sender),
                sender);
    }

    private static long longestNanos(Scenario scenario) {
        return scenario.polling().intervalNanos() + ThinSettings.of(scenario).longestNanos();
    }

    /** @param sender null where each event's attempts stand for themselves */
    static VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds, VirtualSender sender) {
        ThinSettings settings = ThinSettings.of(scenario);
        return (number, events, tally) -> new Consumer(scenario, settings, seeds, number, events, tally, sender);
    }

    private static final class Consumer extends VirtualConsumer {
        private final VirtualAttempts attempts;
        private final PingQueue pings = new PingQueue();
        private final VirtualReads reads;

        Consumer(
                Scenario scenario,
                ThinSettings settings,
                Seeds seeds,
                int number,
                ArrivalTimes events,
                VirtualTally tally,
                VirtualSender sender) {
            super(scenario, events, tally);
            long longestNanos = longestNanos(scenario);
            this.attempts = new VirtualAttempts(scenario, longestNanos, seeds, number, tally, sender);
            this.reads = new VirtualReads(
                    scenario, settings, VirtualFaults.deadlineNanos(scenario, longestNanos), seeds, number, tally);
        }

        @Override
        protected void occurred(long eventNanos) {
            advance(eventNanos);
            long toldNanos = attempts.heldNanos(eventNanos);
            boolean told = toldNanos != VirtualAttempts.NEVER;
            long sequence = reads.occurred(eventNanos, told ? null : attempts.missed());
            if (told) {
                pings.add(toldNanos, sequence);
            }
        }

        /** Everything before a moment, up to which all events are known. */
        private void advance(long untilNanos) {
            while (true) {
                long pingNanos = pings.nextNanos();
                if (Math.min(pingNanos, reads.nextNanos()) >= untilNanos) {
                    return;
                }
                if (pingNanos <= reads.nextNanos()) {
                    reads.pinged(pings.take(), pingNanos);
                } else {
                    reads.step(Math.min(untilNanos, pingNanos));
                }
            }
        }

        @Override
        protected void passed(long untilNanos) {
            advance(untilNanos);
        }

        @Override
        protected void ended() {
            advance(ReadPlan.NEVER);
            reads.ended();
        }
    }
}
