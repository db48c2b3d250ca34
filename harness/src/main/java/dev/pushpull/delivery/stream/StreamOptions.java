package dev.pushpull.delivery.stream;

import dev.pushpull.delivery.Behind;
import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Reconciling;
import dev.pushpull.host.LightThreads;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The flags of modes that hold a connection open. A duration of 0 stands for none. */
public final class StreamOptions {
    private static final String NO_DURATION = "none";
    private static final int LEAST_LIGHT = 1_000;
    private static final long MILLISECOND = 1_000_000L;

    /** When the provider sends heartbeats. */
    public enum HeartbeatWhen {
        /** In their own rhythm, whatever else is sent. */
        ALWAYS,
        /** Only when nothing else was sent for so long. */
        IDLE
    }

    /** How often the provider sends a heartbeat. */
    public static final ModeOption<Long> HEARTBEAT = new ModeOption<>(
            "--heartbeat",
            "DURATION",
            "Time between two heartbeats of the provider on an open connection, or none (default: 15s).",
            StreamOptions::durationOrNone,
            scenario -> 15_000 * MILLISECOND);

    /** Whether it does so only when it has nothing else to send. */
    public static final ModeOption<HeartbeatWhen> HEARTBEAT_WHEN = new ModeOption<>(
            "--heartbeat-when",
            "WHEN",
            "always: heartbeats keep their own rhythm; idle: one is sent only if nothing else was sent for that long "
                    + "(default: always).",
            StreamOptions::when,
            scenario -> HeartbeatWhen.ALWAYS);

    /** How long a consumer waits when its connection has ended; the provider tells it. */
    public static final ModeOption<Long> RECONNECT = new ModeOption<>(
            "--reconnect",
            "DURATION",
            "Time a consumer waits after its connection has ended before it opens the next, in whole milliseconds "
                    + "(default: 2s).",
            StreamOptions::wholeMillis,
            scenario -> 2_000 * MILLISECOND);

    /** How long the provider keeps a connection. */
    public static final ModeOption<Long> LIFETIME = new ModeOption<>(
            "--stream-lifetime",
            "DURATION",
            "Time after which the provider ends a connection; a consumer's first one lasts a random part of it, unless "
                    + "phases are aligned (default: none).",
            StreamOptions::durationOrNone,
            scenario -> 0L);

    /** What is replayed. */
    public static final ModeOption<Replay> REPLAY = new ModeOption<>(
            "--replay",
            "WHAT",
            "Missed events that the provider sends to a consumer that returns: all that it keeps, none, the newest 200, "
                    + "or those of the last 2m (default: all).",
            Replay::read,
            scenario -> Replay.ALL);

    /** How long a consumer hears nothing before it gives its connection up. */
    public static final ModeOption<Long> READ_TIMEOUT = new ModeOption<>(
            "--read-timeout",
            "DURATION",
            "Silence after which a consumer gives its connection up, or none (default: three heartbeats; none without "
                    + "heartbeats).",
            StreamOptions::durationOrNone,
            scenario -> 3 * HEARTBEAT.in(scenario));

    /** Whether a consumer opens the next connection before the end of the one it has, where that was announced. */
    public static final ModeOption<Boolean> MAKE_BEFORE_BREAK = new ModeOption<>(
            "--make-before-break",
            "",
            "The provider announces when it will end a connection, and the consumer opens the next one --reconnect before "
                    + "that, instead of after it.",
            (flag, text) -> Boolean.parseBoolean(text),
            scenario -> false);

    /** All of them. */
    public static final List<ModeOption<?>> ALL =
            List.of(HEARTBEAT, HEARTBEAT_WHEN, RECONNECT, LIFETIME, REPLAY, READ_TIMEOUT, MAKE_BEFORE_BREAK);

    /** Below a minute, after which much that stands between the two sides ends a silent connection. */
    public static final List<Choice> CHOICES = List.of(Choice.durationOf(
            HEARTBEAT,
            LongStream.of(5, 10, 15, 20, 25, 30, 45, 55)
                    .map(seconds -> seconds * 1_000 * MILLISECOND)
                    .toArray()));

    private StreamOptions() {}

    private static Long durationOrNone(String flag, String text) {
        return text.strip().equals(NO_DURATION) ? 0L : Quantity.durationNanos(flag, text);
    }

    private static HeartbeatWhen when(String flag, String text) {
        return switch (text.strip()) {
            case "always" -> HeartbeatWhen.ALWAYS;
            case "idle" -> HeartbeatWhen.IDLE;
            default -> throw Quantity.wrong(flag, text, "always or idle");
        };
    }

    private static Long wholeMillis(String flag, String text) {
        long nanos = Quantity.durationNanos(flag, text);
        if (nanos % MILLISECOND != 0) {
            throw Quantity.wrong(flag, text, "whole milliseconds such as 2s or 500ms");
        }
        return nanos;
    }

    /**
     * Checks that heartbeats keep a connection from being given up.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when they do not
     */
    public static void check(Scenario scenario) {
        long heartbeatNanos = HEARTBEAT.in(scenario);
        long timeoutNanos = READ_TIMEOUT.in(scenario);
        if (timeoutNanos > 0 && heartbeatNanos >= timeoutNanos) {
            throw Quantity.wrong(
                    HEARTBEAT.flag(),
                    Quantity.duration(heartbeatNanos),
                    "one below %s %s, or none: consumers would give up connections that are alive"
                            .formatted(READ_TIMEOUT.flag(), Quantity.duration(timeoutNanos)));
        }
        if (overlaps(scenario)) {
            long setUpNanos = legNanos(scenario) + returnsWithinNanos(scenario);
            long reconnectNanos = RECONNECT.in(scenario);
            if (reconnectNanos >= LIFETIME.in(scenario) || reconnectNanos < setUpNanos) {
                throw Quantity.wrong(
                        RECONNECT.flag(),
                        Quantity.duration(reconnectNanos),
                        "with %s, one below %s %s, and %s or more, in which a connection can be opened"
                                .formatted(
                                        MAKE_BEFORE_BREAK.flag(),
                                        LIFETIME.flag(),
                                        Quantity.duration(LIFETIME.in(scenario)),
                                        Quantity.readable(setUpNanos)));
            }
        }
    }

    /** What virtual time and closed form do not follow: waiting consumers, and heartbeats that race with an idle timeout. */
    public static Optional<String> leavesOut(Scenario scenario) {
        Middlebox box = scenario.wire().behind();
        return Behind.race(box, "a heartbeat every", HEARTBEAT.in(scenario), "idle timeout", box.idleNanos())
                .or(() -> LastHeartbeat.race(scenario))
                .or(() -> Behind.waiting(scenario))
                .or(() -> overlaps(scenario) ? leavesOutOfTwo(scenario) : Optional.empty());
    }

    /** The same while a consumer has two connections. */
    private static Optional<String> leavesOutOfTwo(Scenario scenario) {
        return scenario.wire().behind().leavesIdle(HEARTBEAT.in(scenario))
                ? Behind.waiting(scenario, demand(scenario).held())
                : Optional.of(
                        "of a consumer's two connections one can be ended while it is idle, which is not followed");
    }

    /** Whether consumers have two connections for a while, when the provider is about to end one. */
    public static boolean overlaps(Scenario scenario) {
        return MAKE_BEFORE_BREAK.in(scenario) && LIFETIME.in(scenario) > 0;
    }

    /** Warnings where events are lost by design, or a flag changes nothing. */
    public static List<String> warnings(Scenario scenario) {
        if (MAKE_BEFORE_BREAK.in(scenario) && !overlaps(scenario)) {
            return Stream.concat(
                            lossWarnings(scenario).stream(),
                            Stream.of("without %s no end of a connection is known beforehand, so %s changes nothing"
                                    .formatted(LIFETIME.flag(), MAKE_BEFORE_BREAK.flag())))
                    .toList();
        }
        return lossWarnings(scenario);
    }

    private static List<String> lossWarnings(Scenario scenario) {
        return REPLAY.in(scenario).most() == 0 && !Reconciling.asked(scenario)
                ? List.of(("with %s none and without %s, events that occur while a consumer is not connected are lost "
                                + "for good")
                        .formatted(REPLAY.flag(), Reconciling.INTERVAL.flag()))
                : List.of();
    }

    /** The same scenario with connections that nobody ends: a rehearsal learns from it how long an event takes. */
    public static Scenario unbroken(Scenario scenario) {
        Map<String, String> options = new LinkedHashMap<>(scenario.modeOptions());
        options.put(LIFETIME.flag(), NO_DURATION);
        options.put(READ_TIMEOUT.flag(), NO_DURATION);
        return scenario.withModeOptions(options);
    }

    /** After how long a silence connections that are alive are given up; {@link Long#MAX_VALUE} for never. */
    static long endingSilenceNanos(Scenario scenario) {
        long timeoutNanos = READ_TIMEOUT.in(scenario);
        return HEARTBEAT.in(scenario) > 0 || timeoutNanos == 0 ? Long.MAX_VALUE : timeoutNanos;
    }

    /** What a client is told about the life of its connection. */
    public static OptionalLong announcedNanos(Scenario scenario) {
        return overlaps(scenario) ? OptionalLong.of(LIFETIME.in(scenario)) : OptionalLong.empty();
    }

    /** What a reader should know about the consumers' CPU time. */
    static List<String> cpuWarnings(Scenario scenario) {
        return lightThreads(scenario) && LightThreads.shared()
                ? List.of(
                        "the CPU time of its consumers is not known: their threads are virtual, as are those of another "
                                + "mode")
                : List.of();
    }

    /** From the request for a connection until the provider has it. */
    static long returnsWithinNanos(Scenario scenario) {
        return scenario.wire().setUpNanos() + scenario.wire().legNanos();
    }

    /** From what the provider sends until the consumer has it, on average. */
    static long legNanos(Scenario scenario) {
        return scenario.network().webhookNanos() + scenario.wire().legNanos();
    }

    /** D: from the end of a connection until the provider has the next one, unless the consumer is down meanwhile. */
    static long gapNanos(Scenario scenario) {
        return legNanos(scenario) + RECONNECT.in(scenario) + returnsWithinNanos(scenario);
    }

    /** How long the next connection is there before an announced end of the one before; 0 where it comes after it. */
    static long overlapNanos(Scenario scenario) {
        return overlaps(scenario) ? RECONNECT.in(scenario) - legNanos(scenario) - returnsWithinNanos(scenario) : 0;
    }

    /** What its consumers and their provider need: a connection each, or for a while two. */
    public static LiveDemand demand(Scenario scenario) {
        LiveDemand polls = LiveDemand.ofHeldPolls(scenario);
        LiveDemand one =
                lightThreads(scenario) ? new LiveDemand(polls.connections(), polls.posting(), 0, polls.held()) : polls;
        return overlaps(scenario) ? one.plus(one) : one;
    }

    /** Whether there are so many consumers that their threads are virtual, where Java has such. */
    static boolean lightThreads(Scenario scenario) {
        return scenario.events().consumers() >= LEAST_LIGHT && LightThreads.exist();
    }

    /**
     * The longest that a consumer may be without a connection while it is up; modes that poll have their interval.
     *
     * @param jitterNanos how much longer than told it may wait at random
     */
    public static long longestWaitNanos(Scenario scenario, long jitterNanos) {
        long unnoticedNanos = scenario.wire().behind().silent() ? READ_TIMEOUT.in(scenario) : 0;
        return Math.max(scenario.polling().intervalNanos(), gapNanos(scenario) + jitterNanos + unnoticedNanos);
    }
}
