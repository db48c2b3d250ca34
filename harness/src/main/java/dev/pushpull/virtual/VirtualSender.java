package dev.pushpull.virtual;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Slots;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.Seeds;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The sender of a scenario's webhooks in virtual time, where something of it lasts from one event to the next: its slots,
 * that is, its limits in flight, which all endpoints share; slow and dead endpoints; and the rule by which it disables
 * one. With none of these each event's attempts stand for themselves, and consumers need no sender.
 */
public final class VirtualSender {
    /** What a consumer makes of a webhook that reaches it. */
    public enum Fate {
        TAKEN,
        /** It is sent again by the schedule. */
        REFUSED,
        /** Its parts are sent. */
        SPLIT
    }

    /** What one consumer is sent. It is told the time and asked in the order of time. */
    public interface Source {
        /** Nothing is sent until something happens. */
        long NEVER = Long.MAX_VALUE;

        /** The next moment at which there may be something to send. */
        long nextNanos();

        /** That moment has come. Returns whether something is sent; these are numbered from 0. */
        boolean sends();

        /** What the consumer makes of it each time it comes. */
        default Fate fate(int sent) {
            return Fate.TAKEN;
        }

        /** The sequence of its first event. */
        default long first(int sent) {
            return sent + 1L;
        }

        /** How many events it has. */
        default int events(int sent) {
            return 1;
        }

        /** Its first attempt was answered, timed out, found nobody, or was not made after all. */
        default void over(int sent, long nanos) {}

        /** Its parts are to be sent from now on. */
        default void split(int sent, long nanos) {}
    }

    /** What came of everything that was sent. */
    private record Sent(Slots slots, IntFunction<AttemptCourses> courses) {}

    private final Supplier<Sent> sends;
    private Sent sent;

    private VirtualSender(Supplier<Sent> sends) {
        this.sends = sends;
    }

    /** Sends when it is first asked: whoever only wants to know a mode's sizes need not wait for that. */
    private synchronized Sent sent() {
        if (sent == null) {
            sent = sends.get();
        }
        return sent;
    }

    /** Whether an event's attempts may depend on others. */
    public static boolean isNeeded(Scenario scenario) {
        return scenario.webhooks().endpoints().slotsCount()
                || !scenario.webhooks().disabling().equals(DisablingRule.NONE);
    }

    /** The sender of each event by itself, when it occurs. */
    public static VirtualSender ofEvents(Scenario scenario, ArrivalStreams events, Seeds seeds, long longestWaitNanos) {
        long horizonNanos = scenario.run().durationNanos();
        return of(
                scenario,
                seeds,
                longestWaitNanos,
                number -> new EachEvent(events.times(scenario.events().streamOf(number)), horizonNanos));
    }

    /**
     * The sender of whatever the sources of all consumers tell it to send.
     *
     * @param longestWaitNanos how long after the horizon attempts may be made, beyond the drain
     */
    public static VirtualSender of(Scenario scenario, Seeds seeds, long longestWaitNanos, IntFunction<Source> sources) {
        long deadlineNanos = VirtualFaults.deadlineNanos(scenario, longestWaitNanos);
        if (!isNeeded(scenario)) {
            return new VirtualSender(() -> new Sent(Slots.NONE, number -> null));
        }
        if (!scenario.webhooks().endpoints().slotsCount()) { // then the endpoints share nothing
            return new VirtualSender(() -> new Sent(Slots.NONE, number -> {
                SenderRun run = new SenderRun(scenario, seeds, deadlineNanos, false);
                AttemptCourses alone = run.add(number, sources.apply(number));
                run.run();
                return alone;
            }));
        }
        return new VirtualSender(() -> together(scenario, seeds, deadlineNanos, sources));
    }

    private static Sent together(Scenario scenario, Seeds seeds, long deadlineNanos, IntFunction<Source> sources) {
        SenderRun run = new SenderRun(scenario, seeds, deadlineNanos, true);
        AttemptCourses[] all = new AttemptCourses[scenario.events().consumers()];
        for (int number = 0; number < all.length; number++) {
            all[number] = run.add(number, sources.apply(number));
        }
        run.run();
        return new Sent(run.slots(), number -> all[number]);
    }

    /** What comes of a consumer's attempts; null where each event's stand for themselves. */
    AttemptCourses courses(int number) {
        return sent().courses().apply(number);
    }

    /** The slots it needed; {@link Slots#NONE} where they are not counted. */
    Slots slots() {
        return sent().slots();
    }

    private static final class EachEvent implements Source {
        private final ArrivalTimes events;
        private final long horizonNanos;
        private long nextNanos;

        EachEvent(ArrivalTimes events, long horizonNanos) {
            this.events = events;
            this.horizonNanos = horizonNanos;
            this.nextNanos = events.nextNanos();
        }

        @Override
        public long nextNanos() {
            return nextNanos <= horizonNanos ? nextNanos : NEVER;
        }

        @Override
        public boolean sends() {
            nextNanos = events.nextNanos();
            return true;
        }
    }
}
