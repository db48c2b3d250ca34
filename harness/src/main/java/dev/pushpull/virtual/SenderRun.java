package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Slots;
import dev.pushpull.schedule.AttemptFaults;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.InFlightLimit;
import dev.pushpull.schedule.InFlightLimit.Start;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualSender.Fate;
import dev.pushpull.virtual.VirtualSender.Source;
import dev.pushpull.virtual.VirtualTally.Missed;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * One sender of webhooks and all its consumers together, moment by moment, since attempts to one endpoint wait for those
 * to another. The policies are those of the live sender: limits in flight, retries, and when it stops sending.
 */
final class SenderRun {
    /** What happens at a moment; at the same moment in this order. */
    private enum What {
        OVER,
        RETRY,
        SEND
    }

    private record Attempt(Lane lane, int sent, int number, long dueNanos) {}

    /** @param fate of an attempt that is over */
    private record Moment(long nanos, What what, long order, Attempt attempt, Fate fate) {}

    /** One consumer. */
    private final class Lane {
        final int number;
        final Source source;
        final AttemptCourses courses = new AttemptCourses();
        final LegTimes legs;
        final DownTimes down;
        final RandomGenerator jitter;
        final VirtualConnections connections;
        final long answerNanos;
        final long deadFromNanos;
        int failures;

        /** When it is looked at next. */
        long plannedNanos = Source.NEVER;

        long pausedUntilNanos = Long.MIN_VALUE;

        Lane(int number, Source source) {
            this.number = number;
            this.source = source;
            this.legs = LegTimes.ofPushes(scenario, seeds, number);
            this.down = VirtualFaults.downTimes(scenario, seeds, number);
            this.jitter = seeds.generator(Seeds.Purpose.RETRY_JITTER, number);
            this.connections = wire.modelled() ? new VirtualConnections(wire) : null;
            Endpoints endpoints = scenario.webhooks().endpoints();
            int consumers = scenario.events().consumers();
            this.answerNanos = endpoints.answerNanos(number, consumers);
            this.deadFromNanos = endpoints.deadFromNanos(number, consumers);
        }
    }

    private final Scenario scenario;
    private final Seeds seeds;
    private final Scenario.Wire wire;
    private final RetrySchedule retries;
    private final DisablingRule disabling;
    private final AttemptFaults faults;
    private final long timeoutNanos;
    private final long deadlineNanos;
    private final InFlightLimit<Integer, Attempt> limit;
    private final PriorityQueue<Moment> moments = new PriorityQueue<>(
            Comparator.comparingLong(Moment::nanos).thenComparing(Moment::what).thenComparingLong(Moment::order));
    private long order;
    private long attempts;
    private double occupiedNanos;
    private double waitedNanos;

    /** @param limited whether there are limits in flight */
    SenderRun(Scenario scenario, Seeds seeds, long deadlineNanos, boolean limited) {
        this.scenario = scenario;
        this.seeds = seeds;
        this.wire = scenario.wire();
        Scenario.Webhooks webhooks = scenario.webhooks();
        this.retries = webhooks.retries();
        this.disabling = webhooks.disabling();
        this.faults = new AttemptFaults(
                seeds, scenario.faults().failureRate(), scenario.faults().duplicateRate());
        this.timeoutNanos = webhooks.responseTimeoutNanos();
        this.deadlineNanos = deadlineNanos;
        this.limit = new InFlightLimit<>(
                limited ? webhooks.maxInFlightPerEndpoint() : Integer.MAX_VALUE,
                limited ? webhooks.maxInFlight() : Integer.MAX_VALUE);
    }

    /** Adds a consumer; returns what will have come of what it is sent. */
    AttemptCourses add(int number, Source source) {
        Lane lane = new Lane(number, source);
        planNext(lane);
        return lane.courses;
    }

    private void planNext(Lane lane) {
        long nanos = lane.source.nextNanos();
        if (nanos < lane.plannedNanos) {
            lane.plannedNanos = nanos;
            moments.add(new Moment(nanos, What.SEND, lane.number, new Attempt(lane, 0, 0, nanos), Fate.TAKEN));
        }
    }

    /** Runs until nothing happens any more. */
    void run() {
        for (Moment moment = moments.poll(); moment != null; moment = moments.poll()) {
            switch (moment.what()) {
                case SEND -> send(moment.attempt().lane(), moment.nanos());
                case RETRY -> offer(moment.attempt(), moment.nanos());
                case OVER -> over(moment.attempt(), moment.fate(), moment.nanos());
            }
        }
    }

    private void send(Lane lane, long nanos) {
        if (nanos != lane.plannedNanos) {
            return; // something came before it
        }
        lane.plannedNanos = Source.NEVER;
        if (lane.source.nextNanos() == nanos && lane.source.sends()) {
            int sent = lane.courses.add(nanos);
            long delayNanos =
                    retries.delayNanos(1, OptionalLong.empty(), lane.jitter).orElseThrow();
            begin(new Attempt(lane, sent, 1, nanos + delayNanos), delayNanos, nanos);
        }
        planNext(lane);
    }

    private void begin(Attempt attempt, long delayNanos, long nanos) {
        if (delayNanos == 0) {
            offer(attempt, nanos);
        } else {
            moments.add(new Moment(attempt.dueNanos(), What.RETRY, order++, attempt, Fate.TAKEN));
        }
    }

    private void offer(Attempt attempt, long nanos) {
        limit.offer(attempt.lane().number, attempt);
        startWhatMay(nanos);
    }

    private void startWhatMay(long nanos) {
        for (Start<Integer, Attempt> start = limit.next(); start != null; start = limit.next()) {
            Attempt attempt = start.item();
            Missed notSent = notSent(attempt, nanos);
            if (notSent == null) {
                start(attempt, nanos);
            } else {
                limit.finished(start.key());
                attempt.lane().courses.gaveUp(attempt.sent(), notSent);
                settled(attempt, nanos);
            }
        }
    }

    /** Why nothing is sent; null when it is. */
    private Missed notSent(Attempt attempt, long nanos) {
        if (attempt.lane().pausedUntilNanos > nanos) {
            return Missed.ENDPOINT_DISABLED;
        }
        return nanos <= deadlineNanos ? null : attempt.number() == 1 ? Missed.WAITING : Missed.RETRY_PENDING;
    }

    private void start(Attempt attempt, long nanos) {
        Lane lane = attempt.lane();
        attempts++;
        waitedNanos += nanos - attempt.dueNanos();
        lane.down.forget(nanos);
        if (nanos >= lane.deadFromNanos || lane.down.isDown(nanos)) {
            lane.courses.foundNobody(attempt.sent());
            overAt(attempt, nanos, nanos + wire.rttNanos(), Fate.REFUSED); // a refusal takes a round trip
            return;
        }
        boolean opens = lane.connections != null && lane.connections.open(nanos);
        int time = lane.courses.reached(attempt.sent(), opens);
        long arrivesNanos = nanos + (opens ? wire.setUpNanos() : 0) + lane.legs.nextNanos();
        long answeredNanos = arrivesNanos + lane.answerNanos + wire.legNanos();
        boolean inTime = lane.answerNanos == 0 || answeredNanos - nanos <= timeoutNanos;
        long first = lane.source.first(attempt.sent());
        int events = lane.source.events(attempt.sent());
        Fate fate = faults.fails(lane.number, first, events, time) ? Fate.REFUSED : lane.source.fate(attempt.sent());
        if (fate == Fate.TAKEN) {
            lane.courses.held(attempt.sent(), arrivesNanos);
            fate = faults.repeats(lane.number, first, events, time) ? Fate.REFUSED : fate;
        }
        if (!inTime) {
            lane.courses.unanswered(attempt.sent());
        }
        if (lane.connections != null) {
            lane.connections.freeFrom(inTime ? answeredNanos : Long.MIN_VALUE / 2); // one without an answer is closed
        }
        overAt(attempt, nanos, inTime ? answeredNanos : nanos + timeoutNanos, inTime ? fate : Fate.REFUSED);
    }

    private void overAt(Attempt attempt, long startNanos, long nanos, Fate fate) {
        occupiedNanos += nanos - startNanos;
        moments.add(new Moment(nanos, What.OVER, order++, attempt, fate));
    }

    private void over(Attempt attempt, Fate fate, long nanos) {
        Lane lane = attempt.lane();
        if (fate == Fate.TAKEN) {
            lane.failures = 0;
        } else {
            pause(lane, nanos);
            if (fate == Fate.REFUSED) {
                tryAgain(attempt, nanos);
            }
        }
        settled(attempt, nanos);
        if (fate == Fate.SPLIT) {
            lane.source.split(attempt.sent(), nanos);
        }
        limit.finished(lane.number);
        startWhatMay(nanos);
        planNext(lane);
    }

    private void pause(Lane lane, long nanos) {
        OptionalLong pause = disabling.pauseAfter(++lane.failures);
        if (pause.isPresent() && lane.pausedUntilNanos != DisablingRule.FOR_GOOD) {
            boolean forGood = pause.getAsLong() == DisablingRule.FOR_GOOD;
            lane.pausedUntilNanos = forGood ? DisablingRule.FOR_GOOD : nanos + pause.getAsLong();
        }
    }

    private void tryAgain(Attempt failed, long nanos) {
        Lane lane = failed.lane();
        OptionalLong delay = retries.delayNanos(failed.number() + 1, OptionalLong.empty(), lane.jitter);
        if (delay.isEmpty()) {
            lane.courses.gaveUp(failed.sent(), Missed.RETRIES_EXHAUSTED);
        } else if (lane.pausedUntilNanos == DisablingRule.FOR_GOOD) {
            lane.courses.gaveUp(failed.sent(), Missed.ENDPOINT_DISABLED);
        } else {
            long dueNanos = nanos + delay.getAsLong();
            begin(new Attempt(lane, failed.sent(), failed.number() + 1, dueNanos), delay.getAsLong(), nanos);
        }
    }

    /** Whoever waits for the answer to what was sent may go on. */
    private void settled(Attempt attempt, long nanos) {
        if (attempt.number() == 1) {
            attempt.lane().source.over(attempt.sent(), nanos);
        }
    }

    Slots slots() {
        return new Slots(attempts, occupiedNanos / 1e9, limit.mostUnderWay(), waitedNanos / 1e9);
    }
}
