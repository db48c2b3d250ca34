package dev.pushpull.http;

/** Parses numbers in requests: a regular expression would take longer than all the rest of a query. */
public final class WholeNumber {
    private WholeNumber() {}

    /**
     * The number, or -1 when the text does not consist of digits.
     *
     * @param mostDigits up to 18
     */
    public static long in(String text, int mostDigits) {
        if (text.isEmpty() || text.length() > mostDigits) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
