package dev.pushpull.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How much the machine's own pauses affect the latencies measured beside them. A quiet machine's hiccups are 0.13 ms at
 * p99 and 1.1 to 1.6 ms at p99.9. The limits below were set to about four times that, and ten times more for what may
 * be noisy. Beyond those, a run is unusable only if its figures are of that size: a mean of seconds is not affected by
 * a pause of 60 ms.
 *
 * @param hiccupP99Millis empty when there were too few samples
 * @param hiccupP999Millis empty when there were too few samples
 * @param untrusted latency columns of {@link Metrics} of which the pauses at the same quantile make up more than half;
 *     listed only beyond the limits of noisy
 */
public record NoiseVerdict(
        Level level, OptionalDouble hiccupP99Millis, OptionalDouble hiccupP999Millis, List<String> untrusted) {
    public static final double QUIET_P99_MILLIS = 0.5;
    public static final double QUIET_P999_MILLIS = 5;
    public static final double NOISY_P99_MILLIS = 5;
    public static final double NOISY_P999_MILLIS = 50;

    private static final double MOST_SHARE = 0.5;
    private static final Map<String, Double> QUANTILES = quantiles();

    /** Nobody measured, or not long enough. */
    public static final NoiseVerdict UNKNOWN =
            new NoiseVerdict(Level.UNKNOWN, OptionalDouble.empty(), OptionalDouble.empty(), List.of());

    /** From the least noise to the most. */
    public enum Level {
        /** Nobody measured, or not long enough. */
        UNKNOWN,
        /** Within the limits of a quiet machine. */
        QUIET,
        /** Beyond those limits. */
        NOISY,
        /** Far beyond them, and some latencies are no longer than the pauses. */
        UNUSABLE
    }

    /**
     * @param hiccups how much too long a sleep of a millisecond took, again and again
     * @param latency measured at the same time
     */
    public static NoiseVerdict of(Distribution hiccups, Distribution latency) {
        OptionalDouble p99 = hiccups.quantileMillis(0.99);
        OptionalDouble p999 = hiccups.quantileMillis(0.999);
        if (p99.isEmpty()) {
            return UNKNOWN;
        }
        if (within(p99, QUIET_P99_MILLIS) && within(p999, QUIET_P999_MILLIS)) {
            return new NoiseVerdict(Level.QUIET, p99, p999, List.of());
        }
        boolean onlyNoisy = within(p99, NOISY_P99_MILLIS) && within(p999, NOISY_P999_MILLIS);
        List<String> untrusted = onlyNoisy ? List.of() : untrusted(hiccups, latency);
        return new NoiseVerdict(untrusted.isEmpty() ? Level.NOISY : Level.UNUSABLE, p99, p999, untrusted);
    }

    /** The worse of two, with every column that either distrusts. */
    public NoiseVerdict worse(NoiseVerdict other) {
        List<String> both = new ArrayList<>(untrusted);
        other.untrusted.stream().filter(column -> !both.contains(column)).forEach(both::add);
        NoiseVerdict worse = level.compareTo(other.level) >= 0 ? this : other;
        return new NoiseVerdict(worse.level, worse.hiccupP99Millis, worse.hiccupP999Millis, List.copyOf(both));
    }

    private static boolean within(OptionalDouble millis, double limitMillis) {
        return millis.isEmpty() || millis.getAsDouble() <= limitMillis;
    }

    private static List<String> untrusted(Distribution hiccups, Distribution latency) {
        List<String> columns = new ArrayList<>();
        QUANTILES.forEach((column, p) -> {
            OptionalDouble figure = latency.quantileMillis(p);
            OptionalDouble pause = hiccups.quantileMillis(p);
            if (figure.isPresent() && pause.isPresent() && pause.getAsDouble() > MOST_SHARE * figure.getAsDouble()) {
                columns.add(column);
            }
        });
        return List.copyOf(columns);
    }

    private static Map<String, Double> quantiles() {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        quantiles.put("latency_p50_ms", 0.5);
        quantiles.put("latency_p90_ms", 0.9);
        quantiles.put("latency_p95_ms", 0.95);
        quantiles.put("latency_p99_ms", 0.99);
        quantiles.put("latency_p999_ms", 0.999);
        return quantiles;
    }
}
