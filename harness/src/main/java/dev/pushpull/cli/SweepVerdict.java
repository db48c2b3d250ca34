package dev.pushpull.cli;

import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SweepRecord;
import java.util.List;
import java.util.Optional;

/** What standard error says of a sweep's cells. */
final class SweepVerdict {
    private SweepVerdict() {}

    /** Says which assertions fail, and where; returns whether any does. */
    static boolean assertionFails(SweepRecord sweep, List<Assertion> conditions) {
        boolean failed = false;
        for (RunRecord cell : sweep.cells()) {
            for (Assertion condition : conditions) {
                Optional<String> failure = condition.failure(cell);
                failure.ifPresent(
                        text -> System.err.println("pushpull: assertion failed: " + text + where(cell.scenario())));
                failed |= failure.isPresent();
            }
        }
        return failed;
    }

    /** Says why cells are invalid. */
    static void sayInvalid(SweepRecord sweep) {
        sweep.cells()
                .forEach(cell -> cell.outcomes()
                        .forEach(outcome -> outcome.invalid()
                                .forEach(reason -> System.err.println("pushpull: invalid: " + outcome.mode() + ": "
                                        + reason + where(cell.scenario())))));
    }

    private static String where(Scenario cell) {
        return " (at --interval %s --rate %s)"
                .formatted(
                        Quantity.duration(cell.polling().intervalNanos()),
                        cell.events().rateName());
    }
}
