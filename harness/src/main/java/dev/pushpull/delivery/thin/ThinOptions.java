package dev.pushpull.delivery.thin;

import dev.pushpull.delivery.Choice;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The flags of thin webhooks. */
final class ThinOptions {
    static final ModeOption<Long> DEBOUNCE = new ModeOption<>(
            "--debounce",
            "DURATION",
            "Time a consumer waits after a webhook before it reads, so that one read serves several (default: 0s).",
            Quantity::durationOrZeroNanos,
            scenario -> 0L);

    static final ModeOption<Long> VISIBILITY_LAG = new ModeOption<>(
            "--visibility-lag",
            "DURATION",
            "How long after an event, and its webhook, reads find it: the read side lags behind (default: 0s).",
            Quantity::durationOrZeroNanos,
            scenario -> 0L);

    static final ModeOption<WhenNotVisible> WHEN_NOT_VISIBLE = new ModeOption<>(
            "--when-not-visible",
            "WHAT",
            "When a read lacks what its webhook told of: read again after a while, wait for the next webhook (next-ping),"
                    + " or skip it, which loses the event (default: again).",
            WhenNotVisible::of,
            scenario -> WhenNotVisible.AGAIN);

    static final ModeOption<Long> AGAIN_AFTER = new ModeOption<>(
            "--again-after",
            "DURATION",
            "Time from a read that failed, or lacked an event, to the next (default: 100ms).",
            Quantity::durationNanos,
            scenario -> 100_000_000L);

    static final List<ModeOption<?>> ALL = List.of(DEBOUNCE, VISIBILITY_LAG, WHEN_NOT_VISIBLE, AGAIN_AFTER);

    static final List<Choice> CHOICES = List.of(Choice.durationOf(
            DEBOUNCE,
            LongStream.of(0, 100, 300, 1_000, 3_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000)
                    .map(millis -> millis * 1_000_000L)
                    .toArray()));

    private ThinOptions() {}

    static void check(Scenario scenario) {
        long runNanos = scenario.run().durationNanos();
        Quantity.checkWithinRun(DEBOUNCE.flag(), DEBOUNCE.in(scenario), runNanos);
        Quantity.checkWithinRun(VISIBILITY_LAG.flag(), VISIBILITY_LAG.in(scenario), runNanos);
        Quantity.checkWithinRun(AGAIN_AFTER.flag(), AGAIN_AFTER.in(scenario), runNanos);
        WHEN_NOT_VISIBLE.in(scenario);
    }

    /** The same without a wait that the consumer or the provider adds to the legs. */
    static Scenario withoutWaits(Scenario scenario) {
        Map<String, String> options = new HashMap<>(scenario.modeOptions());
        options.put(DEBOUNCE.flag(), "0s");
        options.put(VISIBILITY_LAG.flag(), "0s");
        return scenario.withModeOptions(options);
    }
}
