package dev.pushpull.scenario;

import static dev.pushpull.scenario.Metric.Better.LOWER;
import static dev.pushpull.scenario.Metric.Better.NEITHER;

import java.util.List;

/** The figures of the sender's slots: a part of {@link Metrics#SUMMARY}. */
final class SlotMetrics {
    static final List<Metric> ALL = List.of(
            new Metric(
                    "slots_occupied",
                    "",
                    LOWER,
                    "Webhook attempts in flight at a time, on average; in virtual time where limits are modelled",
                    (run, o) -> uncounted(o) || Metrics.seconds(run, o) == 0
                            ? null
                            : o.counts().slots().seconds() / Metrics.seconds(run, o)),
            new Metric(
                    "slots_occupied_max",
                    "",
                    NEITHER,
                    "The most webhook attempts in flight at once",
                    (run, o) -> uncounted(o) ? null : o.counts().slots().most()),
            new Metric(
                    "slot_wait_mean_ms",
                    "ms",
                    LOWER,
                    "How long webhook attempts waited after they were due, mostly for a slot",
                    (run, o) -> uncounted(o)
                            ? null
                            : 1e3
                                    * o.counts().slots().waitSeconds()
                                    / o.counts().slots().attempts()));

    private SlotMetrics() {}

    private static boolean uncounted(Outcome outcome) {
        return outcome.counts().slots().attempts() == 0;
    }
}
