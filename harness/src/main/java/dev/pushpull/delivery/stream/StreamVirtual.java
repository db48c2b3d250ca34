package dev.pushpull.delivery.stream;

import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.LegTimes;
import dev.pushpull.virtual.OrderOfArrival;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualFaults;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTally.Missed;
import dev.pushpull.virtual.VirtualTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;

/**
 * Held connections in virtual time (docs/theory.md section 14). An event while a connection is there is held a leg
 * later. One that comes in between waits for the next connection, if it is replayed then. A connection ends with its
 * life, by a silence that its consumer takes for death, with an outage, or by what stands between. All times are the
 * provider's: a consumer learns of an end a leg later. Heartbeats, and connections without any event, are counted, not
 * visited.
 */
public final class StreamVirtual {
    private StreamVirtual() {}

    /** The consumers, each with one connection at a time. */
    public static VirtualTime.Consumers consumers(Kind kind, Scenario scenario, Seeds seeds) {
        return consumers(kind, scenario, seeds, 0);
    }

    /**
     * The same where a consumer waits longer than it was told, at random.
     *
     * @param jitterNanos up to so much longer
     */
    public static VirtualTime.Consumers consumers(Kind kind, Scenario scenario, Seeds seeds, long jitterNanos) {
        return consumers(kind, scenario, seeds, jitterNanos, number -> new Lives(scenario, seeds, number));
    }

    /** The same with other lives. */
    static VirtualTime.Consumers consumers(
            Kind kind, Scenario scenario, Seeds seeds, long jitterNanos, IntFunction<Lives> lives) {
        return (number, events, tally) ->
                new Consumer(kind, scenario, seeds, number, jitterNanos, lives.apply(number), events, tally);
    }

    private static final class Consumer extends VirtualConsumer {
        private final LegTimes legs;
        private final KindTally streams;
        private final OrderOfArrival order = new OrderOfArrival();
        private final Replay replay;
        private final int kept;
        private final long heartbeatNanos;
        private final boolean onlyWhenIdle;
        private final long deadlineNanos;
        private final VirtualStream newest;

        /** Until when the connection before the newest is there, too, and until when if it is never silent for long. */
        private long besideNanos = Long.MIN_VALUE;

        private long besideAtMostNanos;

        /** Up to when the heartbeats of the newest are counted. */
        private long countedNanos;

        /** Events without a connection. */
        private final Deque<Long> waiting = new ArrayDeque<>();

        Consumer(
                Kind kind,
                Scenario scenario,
                Seeds seeds,
                int number,
                long jitterNanos,
                Lives lives,
                ArrivalTimes events,
                VirtualTally tally) {
            super(scenario, events, tally);
            this.legs = LegTimes.ofPushes(scenario, seeds, number);
            this.streams = tally.of(kind);
            this.replay = StreamOptions.REPLAY.in(scenario);
            this.kept = Math.min(replay.most(), scenario.events().retention());
            this.heartbeatNanos = StreamOptions.HEARTBEAT.in(scenario);
            this.onlyWhenIdle = StreamOptions.HEARTBEAT_WHEN.in(scenario) == StreamOptions.HeartbeatWhen.IDLE;
            this.deadlineNanos =
                    VirtualFaults.deadlineNanos(scenario, StreamOptions.longestWaitNanos(scenario, jitterNanos));
            this.newest = new VirtualStream(scenario, seeds, number, jitterNanos, lives);
            begin(newest.firstNanos(), 0);
        }

        private void begin(long nanos, int again) {
            newest.begin(nanos, again == 0);
            countedNanos = newest.readyNanos();
            if (nanos < horizonNanos) {
                streams.began(1, again);
            }
        }

        @Override
        protected void occurred(long eventNanos) {
            moveTo(eventNanos);
            if (eventNanos < newest.readyNanos()) {
                await(eventNanos);
                return;
            }
            if (onlyWhenIdle) {
                count(eventNanos);
            }
            newest.carries(eventNanos);
            held(eventNanos, eventNanos + legs.nextNanos());
            if (eventNanos < besideNanos) {
                bringsAgain(eventNanos);
            }
        }

        /** The connection before the newest brings the event, too, and so is not given up for its silence yet. */
        private void bringsAgain(long eventNanos) {
            streams.carried(1);
            tally.add(Count.DUPLICATES, 1);
            long endNanos = Math.min(besideAtMostNanos, newest.longestAfterNanos(eventNanos));
            streams.held((Math.min(endNanos, horizonNanos) - Math.min(besideNanos, horizonNanos)) / 1e9);
            besideNanos = endNanos;
        }

        private void await(long eventNanos) {
            if (newest.readyNanos() == VirtualStream.NEVER) {
                tally.missed(eventNanos, Missed.NOT_FETCHED);
                return;
            }
            if (kept == 0) {
                tally.missed(eventNanos, Missed.LOST_IN_GAP);
                return;
            }
            if (waiting.size() == kept) {
                tally.missed(waiting.removeFirst(), Missed.LOST_IN_GAP);
            }
            waiting.addLast(eventNanos);
        }

        @Override
        protected void passed(long untilNanos) {
            moveTo(untilNanos);
            count(untilNanos);
        }

        @Override
        protected void ended() {
            replayed();
        }

        /** Up to the connection that is there at this time, or comes next. */
        private void moveTo(long nanos) {
            while (nanos >= newest.readyNanos()) {
                replayed();
                long endNanos = newest.endNanos();
                long nextNanos = newest.besideNanos();
                if (nanos < Math.min(endNanos, nextNanos)) {
                    return;
                }
                count(endNanos);
                long noticedNanos = newest.noticedNanos(endNanos);
                streams.held((Math.min(noticedNanos, horizonNanos) - Math.min(endNanos, horizonNanos)) / 1e9);
                if (nextNanos < VirtualStream.NEVER) {
                    besideNanos = endNanos;
                    besideAtMostNanos = newest.otherEndNanos();
                    begin(newest.requestFor(nextNanos), 1);
                } else if (noticedNanos == VirtualStream.NEVER) {
                    newest.noMore();
                    countedNanos = VirtualStream.NEVER;
                    return;
                } else {
                    begin(newest.requestAfter(endNanos, noticedNanos), 1);
                }
                countEmpty(nanos);
            }
        }

        private void countEmpty(long nanos) {
            VirtualStream.Empty empty = newest.empty(nanos);
            long count = empty.count();
            if (count > 0) {
                streams.began(count, count);
                streams.held(count * (empty.heldNanos() / 1e9));
                streams.beats(count * heartbeats(empty.lifeNanos()));
                newest.pass(count * empty.cycleNanos());
                countedNanos = newest.readyNanos();
                if (empty.overlaps()) {
                    besideNanos = newest.readyNanos() - empty.cycleNanos() + empty.lifeNanos();
                    besideAtMostNanos = besideNanos;
                }
            }
        }

        /** Counts the heartbeats before this time, and for how long the connection was there. */
        private void count(long untilNanos) {
            long until = Math.min(untilNanos, horizonNanos);
            if (until > countedNanos) {
                streams.held((until - countedNanos) / 1e9);
                long since = onlyWhenIdle ? newest.lastNanos() : newest.readyNanos();
                streams.beats(heartbeats(until - since) - heartbeats(countedNanos - since));
                countedNanos = until;
            }
        }

        /** How many come within this time, the first after one interval. */
        private long heartbeats(long nanos) {
            return heartbeatNanos == 0 || nanos <= 0 ? 0 : (nanos - 1) / heartbeatNanos;
        }

        /** What waited comes at once with the connection. */
        private void replayed() {
            if (waiting.isEmpty()) {
                return;
            }
            long heldNanos = newest.readyNanos() + legs.nextNanos();
            while (!waiting.isEmpty()) {
                long eventNanos = waiting.removeFirst();
                if (newest.requestedNanos() > deadlineNanos) {
                    tally.missed(eventNanos, Missed.NOT_FETCHED);
                } else if (newest.readyNanos() - eventNanos > replay.withinNanos()) {
                    tally.missed(eventNanos, Missed.LOST_IN_GAP);
                } else {
                    held(eventNanos, heldNanos);
                }
            }
        }

        private void held(long eventNanos, long heldNanos) {
            streams.carried(newest.requestedNanos() < horizonNanos ? 1 : 0);
            tally.add(Count.OUT_OF_ORDER, order.arrived(eventNanos, heldNanos));
            tally.delivered(eventNanos, heldNanos);
        }
    }
}
