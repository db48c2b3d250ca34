package dev.pushpull.delivery.longpoll;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.LegTimes;
import dev.pushpull.virtual.PolledEvents;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualFaults;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.util.List;

/**
 * Long polling in virtual time (docs/theory.md section 5). A request is held up to the wait H. The next one reaches the
 * provider a round trip g after the answer: twice the response leg (its mean, where that is drawn) plus what the wire
 * adds. The first is there when the run begins. An outage cuts off what is held, and the next request comes after it.
 * What stands between may cut a request off before that; then the next one needs a new connection. Requests that time
 * out or are cut off between two events are counted, not visited.
 */
final class LongPollingVirtual {
    private static final String NAME = "long-polling";

    private LongPollingVirtual() {}

    static Simulated in(Scenario scenario, Seeds seeds) {
        ExchangeSizes wire = SurfaceBytes.heldPolls(scenario, LongPollingOptions.waitSeconds(scenario));
        return new Simulated(NAME, List.of(wire), consumers(scenario, seeds));
    }

    static VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds) {
        long waitNanos = LongPollingOptions.heldNanos(scenario);
        return (number, events, tally) -> new Consumer(scenario, waitNanos, seeds, number, events, tally);
    }

    private static final class Consumer extends VirtualConsumer {
        private final KindTally polls;
        private final LegTimes legs;
        private final long waitNanos;
        private final boolean connectionsModelled;
        private final boolean opensEachTime;
        private final boolean cutsOff;
        private final long gapNanos;
        private final long cycleNanos;
        private final DownTimes down;
        private final PolledEvents fetch;

        /** The pause that does not follow the first request when that is cut off. */
        private long firstPauseNanos;

        /** When the newest answer left the provider. */
        private long answerNanos = -1;

        private long heldNanos;

        /** When the next request that is not yet counted reaches the provider. */
        private long requestNanos;

        Consumer(Scenario scenario, long waitNanos, Seeds seeds, int number, ArrivalTimes events, VirtualTally tally) {
            super(scenario, events, tally);
            this.polls = tally.of(Exchanges.POLL);
            this.legs = LegTimes.ofPolls(scenario, seeds, number);
            this.waitNanos = waitNanos;
            Scenario.Wire wire = scenario.wire();
            this.connectionsModelled = wire.modelled();
            this.opensEachTime = wire.modelled() && wire.keptNanos() == 0; // else the next request follows at once
            this.gapNanos = 2 * scenario.network().pollResponseNanos()
                    + wire.rttNanos()
                    + (opensEachTime ? wire.setUpNanos() : 0);
            if (wire.modelled() && !opensEachTime) {
                polls.opened(1);
            }
            this.cutsOff = LongPollingOptions.areCutOff(scenario);
            long longerNanos = opensEachTime ? -wire.setUpNanos() : 0; // of which the gap has that already
            this.cycleNanos = waitNanos
                    + gapNanos
                    + (cutsOff ? longerNanos + LongPollingOptions.longerAfterCutOffNanos(scenario) : 0);
            this.firstPauseNanos = cutsOff ? LongPollingOptions.pauseNanos(scenario) : 0;
            this.down = VirtualFaults.downTimes(scenario, seeds, number);
            this.fetch = new PolledEvents(scenario, cycleNanos, tally);
        }

        @Override
        protected void occurred(long eventNanos) {
            if (eventNanos > answerNanos) {
                answer(eventNanos);
                heldNanos = answerNanos + legs.nextNanos();
            }
            fetch.take(heldNanos - eventNanos);
        }

        private void answer(long eventNanos) {
            while (true) {
                waitForTheEndOfAnOutage();
                withoutTheFirstPause(eventNanos);
                long timedOut = cycles(eventNanos - waitNanos - requestNanos);
                long request = requestNanos + timedOut * cycleNanos;
                answerNanos = Math.max(request, eventNanos);
                if (down.startNanos(requestNanos) > answerNanos) {
                    empty(timedOut);
                    fetch.begin(request);
                    if (request < horizonNanos) {
                        made(1);
                    }
                    requestNanos = answerNanos + gapNanos;
                    firstPauseNanos = 0;
                    return;
                }
                cutOff();
            }
        }

        @Override
        protected void passed(long untilNanos) {
            fetch.settle();
            waitForTheEndOfAnOutage();
            while (down.startNanos(requestNanos) < untilNanos) {
                cutOff();
                waitForTheEndOfAnOutage();
            }
            withoutTheFirstPause(untilNanos);
            empty(cycles(untilNanos - waitNanos - requestNanos)); // one that is still held may find something yet
        }

        @Override
        protected void ended() {
            empty(cycles(
                    horizonNanos - waitNanos - requestNanos)); // a poll still held then is released and counts nowhere
        }

        private void waitForTheEndOfAnOutage() {
            down.forget(requestNanos);
            while (down.isDown(requestNanos)) {
                requestNanos = down.endNanos(requestNanos);
            }
        }

        /** All requests before the next outage find nothing; if the last is still held, it is cut off. */
        private void cutOff() {
            long start = down.startNanos(requestNanos);
            long end = down.endNanos(requestNanos);
            empty(cycles(start - requestNanos));
            boolean held = requestNanos - gapNanos >= start;
            requestNanos = held ? end : requestNanos;
            polls.opened(connectionsModelled && held && !opensEachTime ? 1 : 0);
        }

        /** The first request, if it is cut off before this time. */
        private void withoutTheFirstPause(long nanos) {
            if (firstPauseNanos > 0 && nanos - waitNanos > requestNanos && down.startNanos(requestNanos) > nanos) {
                empty(1);
                requestNanos -= firstPauseNanos;
                firstPauseNanos = 0;
            }
        }

        private void empty(long requests) {
            made(requests);
            if (cutsOff) {
                polls.cutOff(requests);
                polls.opened(opensEachTime ? 0 : requests); // for the one after it
            }
            requestNanos += requests * cycleNanos;
        }

        private void made(long requests) {
            polls.made(requests);
            polls.opened(opensEachTime ? requests : 0);
        }

        /** How many cycles begin within this time, the first at its start. */
        private long cycles(long nanos) {
            return nanos <= 0 ? 0 : (nanos - 1) / cycleNanos + 1;
        }
    }
}
