package dev.pushpull.delivery.batched;

import dev.pushpull.delivery.Choice;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.BatchPlan;
import dev.pushpull.schedule.BatchPlan.Law;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The flags of batched webhooks. */
final class BatchedOptions {
    private static final int MOST_EVENTS = 10_000;

    static final ModeOption<Integer> SIZE = new ModeOption<>(
            "--batch-size",
            "N",
            "Most events in a webhook; as soon as so many wait, they are sent (default: 100).",
            (flag, text) -> Quantity.count(flag, text, 1, MOST_EVENTS),
            scenario -> 100);

    static final ModeOption<Long> WAIT = new ModeOption<>(
            "--batch-wait",
            "DURATION",
            "Longest time that a batch waits for more events (default: 1s).",
            Quantity::durationNanos,
            scenario -> 1_000_000_000L);

    static final ModeOption<Law> LAW = new ModeOption<>(
            "--batch-law",
            "LAW",
            "From when that time counts: first-event of the batch; last-dispatch, the batch before; window, by the clock;"
                    + " pending, not at all: what waits is sent once the batch before is answered (default: first-event).",
            BatchedOptions::law,
            scenario -> Law.FIRST_EVENT);

    static final ModeOption<Double> REFUSED_SHARE = new ModeOption<>(
            "--refused-share",
            "SHARE",
            "Share of events that the receiver refuses, 0 to 1, and with each the batch it is in (default: 0).",
            Quantity::fraction,
            scenario -> 0.0);

    static final ModeOption<Boolean> SPLIT = new ModeOption<>(
            "--batch-split",
            "",
            "Send a refused batch again as two halves, until what is refused is alone.",
            (flag, text) -> Boolean.parseBoolean(text),
            scenario -> false);

    static final List<ModeOption<?>> ALL = List.of(SIZE, WAIT, LAW, REFUSED_SHARE, SPLIT);

    static final List<Choice> CHOICES = List.of(
            Choice.duration(WAIT, 100_000_000L, 3_600_000_000_000L, false), Choice.numberOf(SIZE, 10, 100, 1_000));

    private BatchedOptions() {}

    private static Law law(String flag, String text) {
        return Arrays.stream(Law.values())
                .filter(law -> text(law).equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> Quantity.wrong(
                        flag,
                        text,
                        Arrays.stream(Law.values()).map(BatchedOptions::text).collect(Collectors.joining(", "))));
    }

    /** As typed. */
    static String text(Law law) {
        return law.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static void check(Scenario scenario) {
        Quantity.checkWithinRun(WAIT.flag(), WAIT.in(scenario), scenario.run().durationNanos());
        ALL.forEach(option -> option.in(scenario));
    }

    static BatchPlan.Rule rule(Scenario scenario) {
        return new BatchPlan.Rule(LAW.in(scenario), SIZE.in(scenario), WAIT.in(scenario));
    }

    /** The same with each event by itself, and none refused. */
    static Scenario alone(Scenario scenario) {
        Map<String, String> options = new HashMap<>(scenario.modeOptions());
        options.put(SIZE.flag(), "1");
        options.put(REFUSED_SHARE.flag(), "0");
        return scenario.withModeOptions(options);
    }
}
