package dev.pushpull.delivery.linestream;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.LegTimes;
import dev.pushpull.virtual.OrderOfArrival;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualFaults;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTally.Missed;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The streams in virtual time. An event is held a leg after it occurred. An outage ends the stream; after it, a new one
 * brings what the provider still keeps.
 */
final class LineStreamVirtual {
    private LineStreamVirtual() {}

    static Simulated in(String mode, Scenario scenario, Seeds seeds) {
        return new Simulated(
                mode,
                List.of(LineStreamWire.sizes(scenario)),
                (number, times, tally) -> new Consumer(scenario, seeds, number, times, tally));
    }

    private static final class Consumer extends VirtualConsumer {
        private final LegTimes legs;
        private final DownTimes down;
        private final KindTally streams;
        private final OrderOfArrival order = new OrderOfArrival();
        private final int retention;
        private final long beginsNanos;
        private final long deadlineNanos;
        private final boolean modelled;

        /** When the newest stream began, and the events that occurred while there was none. */
        private long sinceNanos;

        private final Deque<Long> waiting = new ArrayDeque<>();

        Consumer(Scenario scenario, Seeds seeds, int number, ArrivalTimes events, VirtualTally tally) {
            super(scenario, events, tally);
            this.legs = LegTimes.ofPushes(scenario, seeds, number);
            this.down = VirtualFaults.downTimes(scenario, seeds, number);
            this.streams = tally.of(LineStreamWire.STREAM);
            this.retention = scenario.events().retention();
            this.modelled = scenario.wire().modelled();
            this.beginsNanos = scenario.wire().setUpNanos() + scenario.wire().legNanos();
            this.deadlineNanos = VirtualFaults.deadlineNanos(scenario, LineStreamMode.RECONNECT.in(scenario));
            begin(0);
        }

        private void begin(long nanos) {
            sinceNanos = nanos;
            if (nanos < horizonNanos) {
                streams.made(1);
                streams.filled(1);
                streams.opened(modelled ? 1 : 0);
            }
        }

        @Override
        protected void occurred(long eventNanos) {
            moveTo(eventNanos);
            if (down.isDown(eventNanos)) {
                if (waiting.size() == retention) {
                    tally.missed(waiting.removeFirst(), Missed.DROPPED_BY_RETENTION);
                }
                waiting.addLast(eventNanos);
            } else {
                held(eventNanos, eventNanos + legs.nextNanos());
            }
        }

        /** Streams ended by outages begin again when those are over. */
        private void moveTo(long nanos) {
            while (down.startNanos(sinceNanos) < nanos) {
                long up = down.endNanos(sinceNanos);
                if (up > nanos) {
                    return;
                }
                again(up);
            }
            down.forget(sinceNanos);
        }

        private void again(long upNanos) {
            begin(upNanos);
            long heldNanos = upNanos + beginsNanos + legs.nextNanos();
            while (!waiting.isEmpty()) {
                long eventNanos = waiting.removeFirst();
                if (upNanos > deadlineNanos) {
                    tally.missed(eventNanos, Missed.NOT_FETCHED);
                } else {
                    held(eventNanos, heldNanos);
                }
            }
        }

        private void held(long eventNanos, long heldNanos) {
            streams.carried(sinceNanos < horizonNanos ? 1 : 0);
            tally.add(Count.OUT_OF_ORDER, order.arrived(eventNanos, heldNanos));
            tally.delivered(eventNanos, heldNanos);
        }

        @Override
        protected void passed(long untilNanos) {
            moveTo(untilNanos);
        }

        @Override
        protected void ended() {
            if (!waiting.isEmpty()) {
                again(down.endNanos(sinceNanos));
            }
        }
    }
}
