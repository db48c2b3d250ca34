package dev.pushpull.scenario;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A requirement on a service: a quantile of its response times must be below a bound.
 *
 * @param quantile above 0, below 1
 * @param boundNanos the quantile must be less
 */
public record Slo(double quantile, long boundNanos) {
    private static final Pattern FORM = Pattern.compile("p(\\d{1,2}(?:\\.\\d{1,4})?)\\s*<\\s*(.+)");
    private static final String ACCEPTED = "a quantile and a bound such as p99<20ms, p50<1ms or p99.9<1s";

    /** @throws InvalidInputException when the text is not of the form {@code p99<20ms} */
    public static Slo parse(String what, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
        if (percent <= 0) {
            throw Quantity.wrong(what, text, ACCEPTED);
        }
        try {
            double quantile = new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue();
            return new Slo(quantile, Quantity.durationNanos(what, matcher.group(2)));
        } catch (InvalidInputException e) {
            throw Quantity.wrong(what, text, ACCEPTED);
        }
    }

    /** In its written form: {@code p99<20ms}. */
    public String text() {
        return named() + "<" + Quantity.duration(boundNanos);
    }

    /** The quantile's name: {@code p99}. */
    public String named() {
        return "p"
                + BigDecimal.valueOf(quantile)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** Whether these response times meet it; false when there are too few to tell. */
    public boolean heldBy(Distribution response) {
        double millis = response.quantileMillis(quantile).orElse(Double.POSITIVE_INFINITY);
        return millis * 1e6 < boundNanos;
    }

    /** How many response times are needed to tell. */
    public long samplesNeeded() {
        return Distribution.samplesNeeded(quantile);
    }
}
