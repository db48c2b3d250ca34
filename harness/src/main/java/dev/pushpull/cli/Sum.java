package dev.pushpull.cli;

import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Quantity;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sum of money.
 *
 * @param amount 0 or more, at most a million million, of at most 15 digits, which a double holds exactly
 * @param currency an ISO 4217 code; empty when none was named
 * @param text as typed
 */
record Sum(BigDecimal amount, String currency, String text) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,19}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,3})?)(?:\\s*([A-Za-z]{3}))?");
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int MOST_DIGITS = 15;

    /** @throws dev.pushpull.scenario.InvalidInputException when it is no such sum */
    static Sum read(String what, String given) {
        String text = given.strip();
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Quantity.wrong(what, given, "a sum such as 0.40 or '0.40 USD'");
        }
        BigDecimal amount = new BigDecimal(matcher.group(1)).stripTrailingZeros();
        if (amount.compareTo(MOST) > 0 || amount.precision() > MOST_DIGITS) {
            throw Quantity.wrong(
                    what, given, "a sum of at most " + MOST.toPlainString() + ", with at most 15 digits, such as 0.40");
        }
        String code = matcher.group(2) == null ? "" : matcher.group(2).toUpperCase(Locale.ROOT);
        if (!code.isEmpty() && !Pricing.isCurrency(code)) {
            throw Quantity.wrong(what, given, "a sum with a currency of ISO 4217, such as '0.40 USD' or '0.40 EUR'");
        }
        return new Sum(amount, code, text);
    }
}
