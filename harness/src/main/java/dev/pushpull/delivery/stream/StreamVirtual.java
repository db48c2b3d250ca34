package dev.pushpull.delivery.stream;

import dev.pushpull.scenario.Kind;
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
import dev.pushpull.virtual.VirtualTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Held connections in virtual time (docs/theory.md section 14). An event while a connection is there is held a leg
 * later. One that comes in between waits for the next connection, if it is replayed then. A connection ends with its
 * life, by a silence that its consumer takes for death, with an outage, or by what stands between. All times are the
 * provider's: a consumer learns of an end a leg later. Heartbeats, and connections without any event, are counted, not
 * visited.
 */
public final class StreamVirtual {
    private static final long NEVER = Long.MAX_VALUE;

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
        private final DownTimes down;
        private final Lives lives;
        private final KindTally streams;
        private final OrderOfArrival order = new OrderOfArrival();
        private final Replay replay;
        private final int kept;
        private final VirtualMiddlebox between;
        private final long heartbeatNanos;
        private final boolean onlyWhenIdle;
        private final long silenceNanos;
        private final long returnsWithinNanos;
        private final long gapNanos;
        private final long deadlineNanos;
        private final long jitterNanos;
        private final RandomGenerator jitter;

        /** When the newest connection was requested, when it was or will be there, and when its life ends. */
        private long requestedNanos;

        private long readyNanos;
        private long lifeEndsNanos;

        /** When it last carried more than a heartbeat, and up to when its heartbeats are counted. */
        private long lastNanos;

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
            this.down = VirtualFaults.downTimes(scenario, seeds, number);
            this.lives = lives;
            this.streams = tally.of(kind);
            this.replay = StreamOptions.REPLAY.in(scenario);
            this.kept = Math.min(replay.most(), scenario.events().retention());
            this.between = new VirtualMiddlebox(scenario, seeds, number);
            this.heartbeatNanos = StreamOptions.HEARTBEAT.in(scenario);
            this.onlyWhenIdle = StreamOptions.HEARTBEAT_WHEN.in(scenario) == StreamOptions.HeartbeatWhen.IDLE;
            this.silenceNanos = StreamOptions.endingSilenceNanos(scenario);
            this.returnsWithinNanos = StreamOptions.returnsWithinNanos(scenario);
            this.gapNanos = StreamOptions.gapNanos(scenario);
            this.deadlineNanos =
                    VirtualFaults.deadlineNanos(scenario, StreamOptions.longestWaitNanos(scenario, jitterNanos));
            this.jitterNanos = jitterNanos;
            this.jitter = seeds.generator(Seeds.Purpose.RECONNECT_JITTER, number);
            begin(down.isDown(0) ? atHome(down.endNanos(0)) : -returnsWithinNanos, 0);
        }

        private void begin(long nanos, int again) {
            requestedNanos = nanos;
            readyNanos = nanos + returnsWithinNanos;
            long life = lives.nextNanos();
            lifeEndsNanos = life == Lives.FOR_EVER ? Lives.FOR_EVER : readyNanos + life;
            lastNanos = readyNanos;
            countedNanos = readyNanos;
            between.next(nanos, again == 0 && nanos <= 0);
            down.forget(nanos);
            if (nanos < horizonNanos) {
                streams.began(1, again);
            }
        }

        @Override
        protected void occurred(long eventNanos) {
            moveTo(eventNanos);
            if (eventNanos < readyNanos) {
                await(eventNanos);
                return;
            }
            if (onlyWhenIdle) {
                count(eventNanos);
            }
            lastNanos = eventNanos;
            held(eventNanos, eventNanos + legs.nextNanos());
        }

        private void await(long eventNanos) {
            if (readyNanos == NEVER) {
                tally.missed(Missed.NOT_FETCHED);
                return;
            }
            if (waiting.size() == kept) {
                tally.missed(Missed.LOST_IN_GAP);
                if (kept == 0) {
                    return;
                }
                waiting.removeFirst();
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
            while (nanos >= readyNanos) {
                replayed();
                long endNanos = endNanos();
                if (nanos < endNanos) {
                    return;
                }
                count(endNanos);
                long noticedNanos = noticedNanos(endNanos);
                streams.held((Math.min(noticedNanos, horizonNanos) - Math.min(endNanos, horizonNanos)) / 1e9);
                if (noticedNanos == NEVER) {
                    requestedNanos = NEVER;
                    readyNanos = NEVER;
                    countedNanos = NEVER;
                    return;
                }
                boolean cutOff = down.startNanos(endNanos) <= noticedNanos;
                begin(atHome(cutOff ? down.endNanos(endNanos) : returnsNanos(noticedNanos)), 1);
                countEmpty(nanos);
            }
        }

        /** When its consumer learns that a connection has ended: at once, unless it is told nothing. */
        private long noticedNanos(long endNanos) {
            boolean told = !between.isSilent() || endNanos >= toldEndNanos() || down.isDown(endNanos);
            return told
                    ? endNanos
                    : Math.min(between.noticedNanos(endNanos, readyNanos, lastNanos), down.startNanos(endNanos));
        }

        private long returnsNanos(long endNanos) {
            long longer = jitterNanos == 0 ? 0 : (long) (jitter.nextDouble() * jitterNanos);
            return endNanos + gapNanos - returnsWithinNanos + longer;
        }

        private long endNanos() {
            long between = this.between.endNanos(readyNanos, lastNanos);
            return Math.min(Math.min(toldEndNanos(), between), down.startNanos(Math.max(0, requestedNanos)));
        }

        /** When one side ends it. */
        private long toldEndNanos() {
            return Math.min(lifeEndsNanos, silenceNanos == NEVER ? NEVER : lastNanos + silenceNanos);
        }

        private long atHome(long nanos) {
            return VirtualFaults.upFor(returnsWithinNanos, nanos, down);
        }

        /** Connections, each with the gap behind it, that see neither an event nor an outage: as many as fit. */
        private void countEmpty(long nanos) {
            long toldNanos = Math.min(lives.constantNanos(), silenceNanos);
            if (toldNanos == 0 || jitterNanos > 0 || !between.alike()) {
                return;
            }
            long endNanos = between.endNanos(readyNanos, readyNanos);
            long lifeNanos = Math.min(toldNanos, endNanos == NEVER ? NEVER : endNanos - readyNanos);
            if (lifeNanos == NEVER) {
                return;
            }
            long noticedNanos = between.isSilent() && lifeNanos < toldNanos
                    ? between.noticedNanos(endNanos, readyNanos, readyNanos)
                    : readyNanos + lifeNanos;
            if (noticedNanos == NEVER) {
                return;
            }
            long cycleNanos = noticedNanos - readyNanos + gapNanos;
            long cycles = (Math.min(nanos, down.startNanos(requestedNanos)) - readyNanos) / cycleNanos;
            if (cycles > 0) {
                streams.began(cycles, cycles);
                streams.held(cycles * ((noticedNanos - readyNanos) / 1e9));
                streams.beats(cycles * heartbeats(lifeNanos));
                pass(cycles * cycleNanos);
            }
        }

        private void pass(long nanos) {
            requestedNanos += nanos;
            readyNanos += nanos;
            lifeEndsNanos += lifeEndsNanos == Lives.FOR_EVER ? 0 : nanos;
            between.pass(nanos);
            lastNanos = readyNanos;
            countedNanos = readyNanos;
        }

        /** Counts the heartbeats before this time, and for how long the connection was there. */
        private void count(long untilNanos) {
            long until = Math.min(untilNanos, horizonNanos);
            if (until > countedNanos) {
                streams.held((until - countedNanos) / 1e9);
                long since = onlyWhenIdle ? lastNanos : readyNanos;
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
            long heldNanos = readyNanos + legs.nextNanos();
            while (!waiting.isEmpty()) {
                long eventNanos = waiting.removeFirst();
                if (requestedNanos > deadlineNanos) {
                    tally.missed(Missed.NOT_FETCHED);
                } else if (readyNanos - eventNanos > replay.withinNanos()) {
                    tally.missed(Missed.LOST_IN_GAP);
                } else {
                    held(eventNanos, heldNanos);
                }
            }
        }

        private void held(long eventNanos, long heldNanos) {
            streams.carried(requestedNanos < horizonNanos ? 1 : 0);
            tally.add(Count.OUT_OF_ORDER, order.arrived(eventNanos, heldNanos));
            tally.delivered(heldNanos - eventNanos);
        }
    }
}
