package dev.pushpull.delivery.hybrid;

import dev.pushpull.delivery.Choice;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import java.util.List;

/** The flags of hybrid delivery. */
final class HybridOptions {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    static final ModeOption<Long> RECONCILE = new ModeOption<>(
            "--reconcile",
            "DURATION",
            "Interval of the poll that finds what webhooks lost (default: 1m or a third of the run, whichever is less).",
            Quantity::durationNanos,
            scenario -> Math.max(1, Math.min(MINUTE_NANOS, scenario.run().durationNanos() / 3)));

    static final List<ModeOption<?>> ALL = List.of(RECONCILE);

    static final List<Choice> CHOICES = List.of(Choice.duration(RECONCILE, 1_000_000_000L, 86_400_000_000_000L, true));

    private HybridOptions() {}
}
