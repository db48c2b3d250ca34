package dev.pushpull.scenario;

import static dev.pushpull.scenario.Metric.Better.LOWER;
import static dev.pushpull.scenario.Metric.Better.NEITHER;

import dev.pushpull.scenario.Metric.Better;
import java.util.List;
import java.util.function.Function;

/** The figures of connections, and of those that are held open: a part of {@link Metrics#SUMMARY}. */
final class HeldMetrics {
    static final List<Metric> ALL = List.of(
            ofOutcome(
                    "connections_per_delivery",
                    "",
                    LOWER,
                    "TCP connections opened per delivery that arrived; in virtual time where they are modelled",
                    o -> o.simulated() && o.counts().connectionsOpened() == 0
                            ? null
                            : perDelivery(o, o.counts().connectionsOpened())),
            ofHeld(
                    "connection_seconds_per_delivery",
                    "s",
                    LOWER,
                    "For how long connections were held open, per delivery that arrived",
                    o -> o.counts().held().seconds() == 0
                            ? null
                            : perDelivery(o, o.counts().held().seconds())),
            ofHeld(
                    "frames_per_delivery",
                    "",
                    LOWER,
                    "Openings, events, heartbeats and acknowledgements on held connections, per delivery that arrived",
                    o -> perDelivery(o, o.counts().held().frames())),
            ofHeld(
                    "reconnects",
                    "",
                    LOWER,
                    "Connections held open that followed on one that had ended",
                    o -> o.counts().held().reconnects()),
            ofHeld(
                    "lost_in_gap",
                    "",
                    LOWER,
                    "Deliveries lost because nothing was connected and nothing was replayed",
                    o -> o.counts().missed().getOrDefault(MissReason.LOST_IN_GAP.text(), 0L)),
            new Metric(
                    "held_connections",
                    "",
                    NEITHER,
                    "Connections held open at a time, on average",
                    (run, o) -> o.counts().held().seconds() == 0 || Metrics.seconds(run, o) == 0
                            ? null
                            : o.counts().held().seconds() / Metrics.seconds(run, o)));

    private HeldMetrics() {}

    private static boolean holdsNothing(Outcome outcome) {
        return outcome.counts().held().streams() == 0;
    }

    private static Metric ofHeld(
            String column, String unit, Better better, String meaning, Function<Outcome, Object> reader) {
        return ofOutcome(column, unit, better, meaning, o -> holdsNothing(o) ? null : reader.apply(o));
    }

    private static Metric ofOutcome(
            String column, String unit, Better better, String meaning, Function<Outcome, Object> reader) {
        return new Metric(column, unit, better, meaning, (run, outcome) -> reader.apply(outcome));
    }

    private static Double perDelivery(Outcome outcome, double value) {
        long delivered = outcome.counts().delivered();
        return delivered == 0 ? null : value / delivered;
    }
}
