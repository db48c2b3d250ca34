package dev.pushpull.schedule;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Guesses what a trace's numbers are when the times they give make no sense. */
public final class TraceDoubt {
    private static final long FIRST_OF_1971 = 365L * 86_400;

    private static final String START =
            "the trace's times all lie within 1970, for they were read as seconds since then";

    private static final Pattern MICROSECONDS = Pattern.compile("\\d{16}(\\.\\d+)?");
    private static final Pattern NANOSECONDS = Pattern.compile("\\d{19}(\\.\\d+)?");

    private TraceDoubt() {}

    /** A unit whose numbers, read as seconds, fall into 1970; for times between about 1990 and 2070. */
    private enum Unit {
        DAYS("days since 1970-01-01", 7_305, 30_000, 86_400),
        SPREADSHEET_DAYS("a spreadsheet's days since 1899-12-30", 30_000, 65_000, 86_400),
        HOURS("hours since 1970-01-01", 175_000, 900_000, 3_600),
        MINUTES("minutes since 1970-01-01", 10_500_000, FIRST_OF_1971, 60);

        private final String words;
        private final double least;
        private final double below;
        private final long seconds;

        Unit(String words, double least, double below, long seconds) {
            this.words = words;
            this.least = least;
            this.below = below;
            this.seconds = seconds;
        }
    }

    /**
     * A sentence about times that all fall into 1970; empty for others.
     *
     * @param epochNanos in order, at least one
     */
    public static Optional<String> of(long[] epochNanos) {
        double first = epochNanos[0] / 1e9;
        double last = epochNanos[epochNanos.length - 1] / 1e9;
        if (first < 0
                || Instant.ofEpochSecond((long) last).atOffset(ZoneOffset.UTC).getYear() > 1970) {
            return Optional.empty();
        }
        for (Unit unit : Unit.values()) {
            if (first >= unit.least && last < unit.below) {
                return Optional.of(
                        "%s; they look like %s, which are %d times as long".formatted(START, unit.words, unit.seconds));
            }
        }
        return Optional.of(START + "; if their unit is another one, so is every figure");
    }

    /** Whether a run's warning is such a sentence. */
    public static boolean isDoubt(String warning) {
        return warning.startsWith(START);
    }

    /** What a number that is not epoch seconds or milliseconds looks like; empty when it looks like nothing known. */
    static String likely(String value) {
        return MICROSECONDS.matcher(value).matches()
                ? "; it looks like microseconds"
                : NANOSECONDS.matcher(value).matches() ? "; it looks like nanoseconds" : "";
    }
}
