package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which of two modes brings events sooner, interval by interval. */
final class SweepArrivals {
    private static final String MEAN = "latency_mean_ms";

    private SweepArrivals() {}

    /** What the intervals of two means say about what is sent, the best first. */
    private enum Arrival {
        SOONER,
        UNTOLD,
        LATER
    }

    /** By interval: the worst over all rates. */
    static String sentence(SweepPair pair) {
        Map<Arrival, List<String>> intervals = new EnumMap<>(Arrival.class);
        worstByInterval(pair)
                .forEach((interval, arrival) -> intervals
                        .computeIfAbsent(arrival, key -> new ArrayList<>())
                        .add(Decimals.duration(interval)));
        String start = "Real-time (%s sooner than %s, on average%s): "
                .formatted(
                        pair.sending().with("arrives", "arrive"),
                        pair.asking().called(),
                        isWithoutLegs(pair.cells()) ? "; the network's legs taken as 0" : "");
        if (intervals.isEmpty()) {
            return start + "too few deliveries to say.";
        }
        List<String> parts = new ArrayList<>();
        say(parts, intervals.get(Arrival.SOONER), "holds at every rate at ");
        say(parts, intervals.get(Arrival.UNTOLD), "a difference this sweep cannot tell, at some rate, at ");
        say(parts, intervals.get(Arrival.LATER), "fails at some rate at ");
        return start + String.join("; ", parts) + ".";
    }

    private static void say(List<String> parts, List<String> intervals, String what) {
        if (intervals != null) {
            parts.add(what + "T = " + String.join(", ", intervals));
        }
    }

    private static Map<Long, Arrival> worstByInterval(SweepPair pair) {
        Map<Long, Arrival> worst = new TreeMap<>();
        for (RunRecord cell : pair.cells()) {
            Optional<Figure> polled = mean(cell, pair.asks());
            Optional<Figure> pushed = mean(cell, pair.sends());
            if (polled.isPresent() && pushed.isPresent()) {
                worst.merge(
                        cell.scenario().polling().intervalNanos(),
                        arrival(pushed.get(), polled.get()),
                        (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        return worst;
    }

    private static Arrival arrival(Figure pushed, Figure polled) {
        if (pushed.isBelow(polled)) {
            return Arrival.SOONER;
        }
        return polled.isBelow(pushed) ? Arrival.LATER : Arrival.UNTOLD;
    }

    private static Optional<Figure> mean(RunRecord cell, String mode) {
        return cell.outcome(mode)
                .map(outcome -> Figure.of(cell, outcome, MEAN, MEAN))
                .filter(figure -> figure.value().isPresent());
    }

    /** In virtual time the network delays nothing unless a delay was given. */
    private static boolean isWithoutLegs(List<RunRecord> cells) {
        return cells.stream()
                .allMatch(cell -> cell.scenario().network().equals(Scenario.Network.NONE)
                        && cell.outcomes().stream().allMatch(Outcome::simulated));
    }
}
