package dev.pushpull.http;

/** Numbers in what was asked of a server: a regular expression would take longer than all the rest of a question. */
public final class WholeNumber {
    private WholeNumber() {}

    /**
     * The number, or -1 when the text is not made of digits alone.
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
