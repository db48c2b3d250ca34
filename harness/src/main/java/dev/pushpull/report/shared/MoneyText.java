package dev.pushpull.report.shared;

import java.util.Currency;

/** Sums of money for people. */
public final class MoneyText {
    /** Cents, where nobody named a currency. */
    private static final int USUAL_DIGITS = 2;

    private MoneyText() {}

    /**
     * {@code 41.47 USD}, {@code 4,147 JPY}, or {@code 41.47} in no particular currency: with the decimal places that
     * the currency has, and with more where they would show fewer than two digits.
     *
     * @param currency an ISO 4217 code, or empty
     */
    public static String of(double sum, String currency) {
        int usual = currency.isEmpty()
                ? USUAL_DIGITS
                : Currency.getInstance(currency).getDefaultFractionDigits();
        boolean vanishes = Math.abs(sum) < Math.pow(10, 1 - usual);
        int digits = vanishes ? Math.max(usual, Decimals.decimalsForThreeDigits(sum)) : usual;
        return Decimals.fixed(sum, digits) + unit(currency);
    }

    private static String unit(String currency) {
        return currency.isEmpty() ? "" : " " + currency;
    }
}
