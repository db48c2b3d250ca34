package dev.pushpull.cli;

import dev.pushpull.advice.Question.Periodic;
import dev.pushpull.scenario.Quantity;

/** Reads an outage that returns, such as {@code 10m/7d}. */
final class PeriodicOutage {
    private static final String ACCEPTED = "LENGTH/PERIOD such as 10m/7d, the length no longer than the period";

    private PeriodicOutage() {}

    /** @throws dev.pushpull.scenario.InvalidInputException when it is not of this form, or longer than its period */
    static Periodic read(String flag, String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw Quantity.wrong(flag, text, ACCEPTED);
        }
        long length = Quantity.durationNanos(flag, parts[0]);
        long period = Quantity.durationNanos(flag, parts[1]);
        if (length > period) {
            throw Quantity.wrong(flag, text, ACCEPTED);
        }
        return new Periodic(length, period);
    }
}
