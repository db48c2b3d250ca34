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
            paramLabel = "[MODE=]SUM,...",
            split = ",",
            description = "Price of a million requests, such as '0.40 USD', or of each mode's, such as polling=0,"
                    + "webhook=1.20; one without a mode is for the others. Adds a requests bill for 30 days.")
    private List<RequestPrice> prices = new ArrayList<>();

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
        OptionalDouble common = OptionalDouble.empty();
        Map<String, Double> byMode = new LinkedHashMap<>();
        for (RequestPrice price : prices) {
            double amount = price.sum().amount().doubleValue();
            boolean twice = price.mode().isEmpty() ? common.isPresent() : byMode.containsKey(price.mode());
            if (twice) {
                throw Quantity.wrong(PRICE, price.text(), "one price for each mode");
            }
            if (price.mode().isEmpty() && amount == 0) {
                throw Quantity.wrong(PRICE, price.text(), "a sum above 0 such as 0.40 or '0.40 USD'");
            }
            if (!price.mode().isEmpty() && !modes.contains(price.mode())) {
                throw new InvalidInputException("%s: '%s' is not accepted here; %s is none of the modes %s"
                        .formatted(PRICE, price.text(), price.mode(), String.join(",", modes)));
            }
            if (price.mode().isEmpty()) {
                common = OptionalDouble.of(amount);
            } else {
                byMode.put(price.mode(), amount);
            }
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
        return new Pricing(currency(), common, rounded, byMode);
    }

    /** The one that any of them names: a bare number is in the currency of the others. */
    private String currency() {
        String named = "";
        String by = "";
        for (RequestPrice price : prices) {
            if (!named.isEmpty()
                    && !price.sum().currency().isEmpty()
                    && !price.sum().currency().equals(named)) {
                throw oneCurrency(PRICE, price.text(), by);
            }
            if (by.isEmpty() || named.isEmpty() && !price.sum().currency().isEmpty()) {
                named = price.sum().currency();
                by = "%s '%s'".formatted(PRICE, price.text());
            }
        }
        for (FixedSum fixed : monthly) {
            String other = fixed.sum().currency();
            if (!named.isEmpty() && !other.isEmpty() && !other.equals(named)) {
                throw oneCurrency(MONTHLY, fixed.text(), by);
            }
            if (named.isEmpty() && !other.isEmpty()) {
                named = other;
                by = "%s '%s'".formatted(MONTHLY, fixed.text());
            }
        }
        return named;
    }

    private static InvalidInputException oneCurrency(String flag, String text, String by) {
        return new InvalidInputException(
                "%s: '%s' is not accepted with %s; accepted: one currency for all sums".formatted(flag, text, by));
    }
}
