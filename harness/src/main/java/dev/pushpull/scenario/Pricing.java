package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What things cost, as far as somebody named it. Bills are for a month of 30 days. They are computed in decimals, since
 * cents are no binary fractions, and rounded once, to the nearest double.
 *
 * @param currency an ISO 4217 code; empty when none was named, and then no report shows one
 * @param perMillion the price of a million requests, above 0, of each mode that has none of its own; empty when none
 *     was named
 * @param monthly fixed sums by mode, 0 or more; a mode that is not in it has none
 * @param perMillionOf prices of a million requests by mode, 0 or more: who pays for which request differs
 */
public record Pricing(
        String currency, OptionalDouble perMillion, Map<String, Double> monthly, Map<String, Double> perMillionOf) {
    /** Nobody named a price. */
    public static final Pricing NONE = new Pricing("", OptionalDouble.empty(), Map.of());

    /** Nanoseconds in a month of 30 days. */
    private static final BigDecimal MONTH_NANOS = BigDecimal.valueOf(30 * 86_400L * 1_000_000_000L);

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    public Pricing {
        if (!currency.isEmpty() && !isCurrency(currency)) {
            throw new IllegalArgumentException("no currency of ISO 4217: " + currency);
        }
        monthly = Collections.unmodifiableMap(new LinkedHashMap<>(monthly)); // in the order in which they were named
        perMillionOf = perMillionOf == null // in older runs
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(perMillionOf));
    }

    /** With one price of requests for all modes. */
    public Pricing(String currency, OptionalDouble perMillion, Map<String, Double> monthly) {
        this(currency, perMillion, monthly, Map.of());
    }

    /** Only a price of requests, in no particular currency. */
    public static Pricing ofRequests(double perMillion) {
        return new Pricing("", OptionalDouble.of(perMillion), Map.of());
    }

    /** Whether ISO 4217 lists this code as money; its codes for gold, for tests and for no currency are none. */
    public static boolean isCurrency(String code) {
        try {
            return Currency.getInstance(code).getDefaultFractionDigits() >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether anything has a price. */
    @JsonIgnore
    public boolean isNamed() {
        return hasRequestPrices() || !monthly.isEmpty();
    }

    /** Whether requests of any mode have a price. */
    @JsonIgnore
    public boolean hasRequestPrices() {
        return perMillion.isPresent() || !perMillionOf.isEmpty();
    }

    /** The price of a million requests of a mode; empty when none was named. */
    public OptionalDouble perMillionOf(String mode) {
        Double own = perMillionOf.get(mode);
        return own == null ? perMillion : OptionalDouble.of(own);
    }

    /** Whether any mode has a fixed sum. */
    public boolean hasFixedSums() {
        return !monthly.isEmpty();
    }

    /** The same with another price of a million requests. */
    public Pricing withPerMillion(OptionalDouble other) {
        return new Pricing(currency, other, monthly, perMillionOf);
    }

    /** The same with other prices of the modes' requests. */
    public Pricing withPerMillionOf(Map<String, Double> others) {
        return new Pricing(currency, perMillion, monthly, others);
    }

    /** The same with other fixed sums. */
    public Pricing withMonthly(Map<String, Double> others) {
        return new Pricing(currency, perMillion, others, perMillionOf);
    }

    /** Requests at this pace in a month. */
    static BigDecimal monthlyRequests(long requests, long measuredNanos) {
        return BigDecimal.valueOf(requests)
                .multiply(MONTH_NANOS)
                .divide(BigDecimal.valueOf(measuredNanos), MathContext.DECIMAL128);
    }

    /** What a month's requests of a mode cost; empty when they have no price. */
    public OptionalDouble requestsBill(String mode, BigDecimal monthlyRequests) {
        return rounded(bill(mode, monthlyRequests));
    }

    /** A mode's fixed sum a month; empty when no mode has one. */
    public OptionalDouble fixedSum(String mode) {
        return rounded(fixed(mode));
    }

    /** Requests bill and fixed sum together, as far as they were named; empty when neither was. */
    public OptionalDouble total(String mode, BigDecimal monthlyRequests) {
        Optional<BigDecimal> bill = bill(mode, monthlyRequests);
        Optional<BigDecimal> fixed = fixed(mode);
        return rounded(
                bill.isPresent() && fixed.isPresent()
                        ? Optional.of(bill.get().add(fixed.get()))
                        : bill.or(() -> fixed));
    }

    private Optional<BigDecimal> bill(String mode, BigDecimal monthlyRequests) {
        OptionalDouble price = perMillionOf(mode);
        return price.isEmpty()
                ? Optional.empty()
                : Optional.of(monthlyRequests
                        .multiply(BigDecimal.valueOf(price.getAsDouble()))
                        .divide(MILLION, MathContext.DECIMAL128));
    }

    private Optional<BigDecimal> fixed(String mode) {
        return monthly.isEmpty() ? Optional.empty() : Optional.of(BigDecimal.valueOf(monthly.getOrDefault(mode, 0.0)));
    }

    private static OptionalDouble rounded(Optional<BigDecimal> exact) {
        return exact.isPresent() ? OptionalDouble.of(exact.get().doubleValue()) : OptionalDouble.empty();
    }
}
