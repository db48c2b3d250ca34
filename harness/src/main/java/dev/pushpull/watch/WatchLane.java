package dev.pushpull.watch;

import dev.pushpull.measure.Tail;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Prediction.CurvePoint;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One mode of those that are watched side by side.
 *
 * @param counts asked a few times a second, by one thread
 * @param expected the latencies that are expected
 * @param startNanos when its measured time begins, on the monotonic clock
 */
public record WatchLane(
        String name,
        ModeTraits traits,
        Setting setting,
        Tail tail,
        Supplier<Counts> counts,
        Expected expected,
        long startNanos) {
    /** The most consumers that a lane has room for. */
    public static final int MOST_CONSUMERS = 20;

    /** A lane that is not shown. */
    static WatchLane counting(Tail tail, Supplier<Counts> counts) {
        return new WatchLane("", ModeTraits.UNDECLARED, Setting.ONE, tail, counts, Expected.nothing(""), 0);
    }

    /** A count, or a time, that nobody knows. */
    public static final long UNKNOWN = -1;

    /**
     * Whom events are for.
     *
     * @param consumers all of them, shown or not
     * @param shared whether each event is for all of them
     * @param outages when they are down, from the beginning of the measured time on
     */
    public record Setting(int consumers, boolean shared, List<Outage> outages) {
        /** One consumer, that gets everything. */
        public static final Setting ONE = new Setting(1, true, List.of());

        /** That of a scenario. */
        public static Setting of(Scenario scenario) {
            return new Setting(
                    scenario.events().consumers(),
                    scenario.events().streams() == Scenario.Streams.SHARED,
                    Outage.single(scenario.faults().outages()));
        }
    }

    /**
     * The latencies that are expected.
     *
     * @param curve single points where no more is known, or none
     * @param instead what to say where it is no curve, as the rest of a sentence; else empty
     */
    public record Expected(List<CurvePoint> curve, String instead) {
        /** Nothing is expected, for a reason. */
        public static Expected nothing(String why) {
            return new Expected(List.of(), why);
        }

        /** What closed forms say: a curve, or why there is none. */
        public static Expected of(Optional<Prediction> prediction) {
            List<CurvePoint> curve = prediction.map(Prediction::latencyCurve).orElse(List.of());
            if (curve.size() > 1) {
                return new Expected(curve, "");
            }
            String instead = prediction
                    .flatMap(figures ->
                            figures.value("latency_mean_ms").stream().boxed().findFirst())
                    .map(mean -> "with these settings the formulas give only the mean, %s"
                            .formatted(Decimals.milliseconds(mean)))
                    .orElse("the formulas do not know how late events come with these settings");
            return new Expected(prediction.map(Expected::quantiles).orElse(List.of()), instead);
        }

        private static List<CurvePoint> quantiles(Prediction prediction) {
            List<CurvePoint> known = new ArrayList<>();
            for (int percent : List.of(50, 90, 99)) {
                prediction
                        .value("latency_p" + percent + "_ms")
                        .ifPresent(millis -> known.add(new CurvePoint(percent / 100.0, millis)));
            }
            return known;
        }
    }

    /**
     * Counts so far, of all consumers.
     *
     * @param requests polls and attempts
     * @param empty polls that brought nothing
     */
    public record Counts(long events, long requests, long empty, long deliveries) {}
}
