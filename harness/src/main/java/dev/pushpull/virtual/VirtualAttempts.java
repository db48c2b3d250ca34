package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.AttemptFaults;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.VirtualTally.Missed;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The webhook attempts at one consumer's events in virtual time. An attempt fails at once while the consumer is down,
 * and by chance otherwise. Where a {@link VirtualSender} is needed, it has made them already.
 */
public final class VirtualAttempts {
    /** Returned for an event that no attempt delivers. */
    public static final long NEVER = Long.MAX_VALUE;

    private final KindTally attempts;
    private final RetrySchedule retries;
    private final AttemptFaults faults;
    private final int consumer;
    private final LegTimes legs;
    private final Scenario.Wire wire;

    /** Null where they are not modelled. */
    private final VirtualConnections connections;

    private final long deadlineNanos;
    private final DownTimes down;
    private final RandomGenerator jitter;
    private final boolean undisturbed;

    /** Null where each event's attempts stand for themselves. */
    private final AttemptCourses courses;

    private Missed missed = Missed.RETRIES_EXHAUSTED;
    private long firstOverNanos;
    private long sequence;
    private int repeats;

    /** What a consumer that is reached does. */
    public enum Answer {
        TAKES,
        /** Each time. */
        REFUSES,
        /** So that the sender divides it and sends it no more. */
        DIVIDES
    }

    /** @param longestWaitNanos how long after the horizon attempts may be made, beyond the drain */
    public VirtualAttempts(Scenario scenario, long longestWaitNanos, Seeds seeds, int consumer, VirtualTally tally) {
        this(scenario, longestWaitNanos, seeds, consumer, tally, null);
    }

    /** @param sender of all consumers, for the same longest wait; null where each event's attempts stand for themselves */
    public VirtualAttempts(
            Scenario scenario,
            long longestWaitNanos,
            Seeds seeds,
            int consumer,
            VirtualTally tally,
            VirtualSender sender) {
        this.attempts = tally.of(Exchanges.ATTEMPT);
        this.retries = scenario.webhooks().retries();
        this.faults = new AttemptFaults(
                seeds, scenario.faults().failureRate(), scenario.faults().duplicateRate());
        this.consumer = consumer;
        this.legs = LegTimes.ofPushes(scenario, seeds, consumer);
        this.deadlineNanos = VirtualFaults.deadlineNanos(scenario, longestWaitNanos);
        this.down = VirtualFaults.downTimes(scenario, seeds, consumer);
        this.jitter = seeds.generator(Seeds.Purpose.RETRY_JITTER, consumer);
        this.wire = scenario.wire();
        this.connections = wire.modelled() ? new VirtualConnections(wire) : null;
        this.courses = sender == null ? null : sender.courses(consumer);
        this.undisturbed =
                down.never() && faults.never() && retries.delaysNanos().get(0) == 0 && connections == null;
    }

    /** Makes the attempts at the consumer's next event, and returns when the consumer holds it. */
    public long heldNanos(long eventNanos) {
        return heldNanos(eventNanos, ++sequence, 0, Answer.TAKES);
    }

    /**
     * The same for several events in one webhook, sent no earlier than the one before.
     *
     * @param first the sequence of its first event
     * @param events how many of them count as carried
     */
    public long heldNanos(long eventNanos, long first, int events, Answer answer) {
        if (courses != null) {
            courses.next(eventNanos);
            courses.count(attempts, events);
            repeats = courses.repeated();
            return courses.heldNanos();
        }
        repeats = 0;
        if (undisturbed && answer != Answer.REFUSES) {
            attempts.made(1);
            attempts.carried(events);
            firstOverNanos = eventNanos + legs.nextNanos();
            return firstOverNanos;
        }
        down.forget(eventNanos);
        long held = NEVER;
        int times = 0;
        long at = eventNanos;
        for (int attempt = 1; ; attempt++) {
            OptionalLong delay = retries.delayNanos(attempt, OptionalLong.empty(), jitter);
            if (delay.isEmpty()) {
                missed = Missed.RETRIES_EXHAUSTED;
                return held;
            }
            at += delay.getAsLong();
            if (at > deadlineNanos) {
                missed = Missed.RETRY_PENDING;
                return held;
            }
            if (!down.isDown(at)) {
                attempts.made(1);
                attempts.carried(events);
                times++;
                long arrives = attempt == 1 ? arrivesNanos(at) : triedAgainNanos(at, delay.getAsLong());
                firstOverNanos = attempt == 1 ? arrives + wire.legNanos() : firstOverNanos;
                if (answer != Answer.REFUSES && !faults.fails(consumer, first, Math.max(1, events), times)) {
                    repeats += held == NEVER ? 0 : 1;
                    held = held == NEVER ? arrives : held;
                    if (answer == Answer.DIVIDES || !faults.repeats(consumer, first, Math.max(1, events), times)) {
                        return held;
                    }
                }
                at = connections == null ? at : arrives + wire.legNanos();
            } else {
                attempts.foundNobody();
                at += wire.rttNanos(); // a refusal takes a round trip
                firstOverNanos = attempt == 1 ? at : firstOverNanos;
            }
        }
    }

    private long arrivesNanos(long nanos) {
        if (connections == null) {
            return nanos + legs.nextNanos();
        }
        boolean opened = connections.open(nanos);
        long arrives = arrivesNanos(nanos, opened);
        connections.freeFrom(arrives + wire.legNanos());
        return arrives;
    }

    /** Attempts are made event by event, so a retry ignores what later events meanwhile do to the connections. */
    private long triedAgainNanos(long nanos, long sinceNanos) {
        return connections == null
                ? nanos + legs.nextNanos()
                : arrivesNanos(nanos, sinceNanos > wire.keptNanos() || wire.keptNanos() == 0);
    }

    private long arrivesNanos(long nanos, boolean opened) {
        attempts.opened(opened ? 1 : 0);
        return nanos + (opened ? wire.setUpNanos() : 0) + legs.nextNanos();
    }

    /** When the newest first attempt was over, but for what the machine itself needs for the answer. */
    public long firstOverNanos() {
        return firstOverNanos;
    }

    /** How long an answer travels, likewise. */
    public long answerNanos() {
        return wire.legNanos();
    }

    /** How often the newest webhook that is held arrived once more, because its sender did not know, or did not wait. */
    public int repeats() {
        return repeats;
    }

    /** Why the newest event that is {@link #NEVER} held was missed. */
    public Missed missed() {
        return courses == null ? missed : courses.missed();
    }
}
