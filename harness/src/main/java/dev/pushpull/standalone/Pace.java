package dev.pushpull.standalone;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When to ask, and how long to wait for an answer.
 *
 * @param intervalNanos between the starts of two polls
 * @param timeoutNanos from when a connection is open until the whole answer has arrived, beyond the wait
 * @param silenceNanos how long a stream may be silent
 * @param hold how long the server may hold an answer until there is something new; then a poll that brought something is
 *     followed by the next at once
 */
public record Pace(long intervalNanos, long timeoutNanos, long silenceNanos, Optional<Wait> hold) {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    /** How the server is told how long it may hold an answer. */
    public enum Unit {
        /** Whole seconds. */
        S,
        /** Milliseconds. */
        MS,
        /** With its unit, as it was given: {@code 60s}. */
        TEXT
    }

    /**
     * A wait.
     *
     * @param parameter of the query; empty for {@code Prefer: wait=SECONDS} (RFC 7240)
     * @param given as a person wrote it
     */
    public record Wait(long nanos, Optional<String> parameter, Unit unit, String given) {
        String told() {
            return switch (unit) {
                case S -> String.valueOf(Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos)));
                case MS -> String.valueOf(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
                case TEXT -> given;
            };
        }
    }

    /** Answers come at once. */
    public static Pace every(long intervalNanos) {
        return new Pace(intervalNanos, TIMEOUT_NANOS, SILENCE_NANOS, Optional.empty());
    }

    /** How long the whole answer may take. */
    long answerNanos() {
        long nanos = timeoutNanos + hold.map(Wait::nanos).orElse(0L);
        return nanos < 0 ? Long.MAX_VALUE / 4 : Math.min(nanos, Long.MAX_VALUE / 4);
    }
}
