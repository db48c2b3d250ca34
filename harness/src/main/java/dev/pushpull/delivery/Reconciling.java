package dev.pushpull.delivery;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;

/** The flag that asks for a slow poll beside what is pushed. */
public final class Reconciling {
    /** The interval of that poll; 0 for none. */
    public static final ModeOption<Long> INTERVAL = new ModeOption<>(
            "--reconcile",
            "DURATION",
            "Interval of a poll by each consumer that finds what pushes lost (default: none; for hybrid 1m or a third of "
                    + "the run, whichever is less).",
            Quantity::durationNanos,
            scenario -> 0L);

    private Reconciling() {}

    /** Whether it was asked for. */
    public static boolean asked(Scenario scenario) {
        return INTERVAL.in(scenario) > 0;
    }
}
