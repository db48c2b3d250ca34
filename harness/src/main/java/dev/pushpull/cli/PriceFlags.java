package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** The flags that say what requests and modes cost. */
@FlagGroup.In(FlagGroup.RESULTS)
final class PriceFlags {
    private static final String PRICE = "--price";
    private static final String MONTHLY = "--monthly";

    @Option(
            names = PRICE,
            paramLabel = "SUM",
            description = "Price of a million requests, such as 0.40 or '0.40 USD'. Adds each mode's requests bill for "
                    + "a month of 30 days.")
    private Sum price;

    @Option(
            names = MONTHLY,
            paramLabel = "MODE=SUM,...",
            split = ",",
            description = "Fixed sum a month of a mode, such as webhook=25 or 'webhook=25 USD', for an endpoint or "
                    + "someone on call (repeatable; the sums of one mode add up). All sums are in one currency.")
    private List<FixedSum> monthly = new ArrayList<>();

    /**
     * The prices, checked against each other.
     *
     * @param modes those that run
     * @throws InvalidInputException with one line for the person who typed them
     */
    Pricing read(List<String> modes) {
        if (price != null && price.amount().signum() == 0) {
            throw Quantity.wrong(PRICE, price.text(), "a sum above 0 such as 0.40 or '0.40 USD'");
        }
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        for (FixedSum fixed : monthly) {
            if (!modes.contains(fixed.mode())) {
                throw new InvalidInputException("%s: '%s' is not accepted here; %s is none of the modes %s"
                        .formatted(MONTHLY, fixed.text(), fixed.mode(), String.join(",", modes)));
            }
            sums.merge(fixed.mode(), fixed.sum().amount(), BigDecimal::add);
        }
        Map<String, Double> rounded = new LinkedHashMap<>();
        sums.forEach((mode, sum) -> rounded.put(mode, sum.doubleValue()));
        return new Pricing(
                currency(),
                price == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(price.amount().doubleValue()),
                rounded);
    }

    /** The one that any of them names: a bare number is in the currency of the others. */
    private String currency() {
        String named = price == null ? "" : price.currency();
        String by = price == null ? "" : "%s '%s'".formatted(PRICE, price.text());
        for (FixedSum fixed : monthly) {
            String other = fixed.sum().currency();
            if (!named.isEmpty() && !other.isEmpty() && !other.equals(named)) {
                throw new InvalidInputException("%s: '%s' is not accepted with %s; accepted: one currency for all sums"
                        .formatted(MONTHLY, fixed.text(), by));
            }
            if (named.isEmpty() && !other.isEmpty()) {
                named = other;
                by = "%s '%s'".formatted(MONTHLY, fixed.text());
            }
        }
        return named;
    }
}
