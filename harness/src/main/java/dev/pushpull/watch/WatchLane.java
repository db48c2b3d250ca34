package dev.pushpull.watch;

import dev.pushpull.measure.Tail;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Prediction.CurvePoint;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import java.util.function.Supplier;

/**
 * One mode of those that are watched side by side.
 *
 * @param counts asked a few times a second, by one thread
 * @param theory the latencies that are expected; empty where nothing is known
 * @param startNanos when its measured time begins, on the monotonic clock
 */
public record WatchLane(
        String name,
        ModeTraits traits,
        Scenario scenario,
        Tail tail,
        Supplier<Counts> counts,
        List<CurvePoint> theory,
        long startNanos) {
    /** The most consumers that a lane has room for. */
    public static final int MOST_CONSUMERS = 20;

    /** A lane that is not shown. */
    static WatchLane counting(Tail tail, Supplier<Counts> counts) {
        return new WatchLane("", ModeTraits.UNDECLARED, null, tail, counts, List.of(), 0);
    }

    /** A count, or a time, that nobody knows. */
    public static final long UNKNOWN = -1;

    /**
     * Counts so far, of all consumers.
     *
     * @param requests polls and attempts
     * @param empty polls that brought nothing
     */
    public record Counts(long events, long requests, long empty, long deliveries) {}
}
