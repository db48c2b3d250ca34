package dev.pushpull.cli;

import dev.pushpull.advice.Question.Periodic;
import dev.pushpull.scenario.Quantity;

/** Reads an outage that returns, such as {@code 10m/7d}: for all commands the same. */
final class PeriodicOutage {
    private PeriodicOutage() {}

    /**
     * Reads it.
     *
     * @param accepted what else the flag takes
     * @throws dev.pushpull.scenario.InvalidInputException when it is not of this form, or no shorter than its period
     */
    static Periodic read(String flag, String text, String accepted) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw Quantity.wrong(flag, text, accepted);
        }
        long length = Quantity.durationNanos(flag, parts[0]);
        long period = Quantity.durationNanos(flag, parts[1]);
        if (length >= period) {
            throw Quantity.wrong(flag, text, "LENGTH/PERIOD with a LENGTH below the PERIOD");
        }
        return new Periodic(length, period);
    }
}
