package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Quantity;
import java.util.List;

/**
 * What a mode costs in a month, however many requests it makes.
 *
 * @param text as typed
 */
record FixedSum(String mode, Sum sum, String text) {
    /** @throws dev.pushpull.scenario.InvalidInputException when it is not {@code MODE=SUM} of a known mode */
    static FixedSum read(String what, String given) {
        String[] parts = given.split("=", 2);
        if (parts.length < 2) {
            throw Quantity.wrong(what, given, "MODE=SUM such as webhook=25 or 'webhook=25 USD'");
        }
        String mode = parts[0].strip();
        List<String> known =
                DeliveryModes.all().stream().map(DeliveryMode::name).toList();
        if (!known.contains(mode)) {
            throw Names.unknown("mode of " + what, mode, known);
        }
        return new FixedSum(mode, Sum.read(what, parts[1]), given.strip());
    }
}
