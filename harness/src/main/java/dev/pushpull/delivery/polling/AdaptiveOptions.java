package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.Choice;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.AdaptivePollSchedule;
import java.util.List;

/** The flags of adaptive polling. */
final class AdaptiveOptions {
    private static final int DEFAULT_GROWTH = 8;

    static final ModeOption<Long> LEAST = new ModeOption<>(
            "--min-interval",
            "DURATION",
            "Interval after a poll that found something (default: --interval).",
            Quantity::durationNanos,
            scenario -> scenario.polling().intervalNanos());

    static final ModeOption<Long> MOST = new ModeOption<>(
            "--max-interval",
            "DURATION",
            "Longest interval while nothing comes (default: 8 times --min-interval).",
            Quantity::durationNanos,
            scenario -> Math.multiplyExact(DEFAULT_GROWTH, LEAST.in(scenario)));

    static final ModeOption<Double> FACTOR = new ModeOption<>(
            "--factor",
            "N",
            "How much longer the interval gets after an empty poll (default: 2).",
            Quantity::positive,
            scenario -> 2.0);

    static final List<ModeOption<?>> ALL = List.of(LEAST, MOST, FACTOR);

    /** The ceiling as a multiple of the floor, so that it is a rung of the ladder of doubled intervals. */
    static final List<Choice> CHOICES = List.of(
            Choice.duration(LEAST, PollChoices.LEAST_NANOS, PollChoices.MOST_NANOS, true),
            Choice.multipleOf(LEAST, MOST, 2, 4, 8, 16, 32, 64));

    private AdaptiveOptions() {}

    /** @throws InvalidInputException when the range is reversed or nothing grows */
    static AdaptivePollSchedule schedule(Scenario scenario) {
        long least = LEAST.in(scenario);
        long most = MOST.in(scenario);
        double factor = FACTOR.in(scenario);
        if (most < least) {
            throw Quantity.wrong(
                    "--max-interval",
                    Quantity.duration(most),
                    "no less than --min-interval " + Quantity.readableLeast(least));
        }
        if (factor <= 1) {
            throw Quantity.wrong("--factor", Double.toString(factor), "a number above 1");
        }
        return new AdaptivePollSchedule(least, most, factor);
    }

    /** @throws InvalidInputException when the intervals do not fit each other or the run */
    static void check(Scenario scenario) {
        schedule(scenario);
        long runNanos = scenario.run().durationNanos();
        Quantity.checkWithinRun(LEAST.flag(), LEAST.in(scenario), runNanos);
        if (scenario.modeOptions().containsKey(MOST.flag())) { // nobody asked for the default
            Quantity.checkWithinRun(MOST.flag(), MOST.in(scenario), runNanos);
        }
    }
}
