package dev.pushpull.cli;

import dev.pushpull.scenario.Quantity;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** The flag that turns requests into money. */
@FlagGroup.In(FlagGroup.RESULTS)
final class PriceFlag {
    private static final String NAME = "--price";

    @Option(
            names = NAME,
            paramLabel = "SUM",
            description =
                    "Price of a million requests, such as 0.40. Adds each mode's bill for a month of 30 " + "days.")
    private String price;

    /** The price as typed. */
    String text() {
        return price.strip();
    }

    /** Empty when no price was given. */
    OptionalDouble read() {
        return price == null ? OptionalDouble.empty() : OptionalDouble.of(Quantity.positive(NAME, price));
    }
}
