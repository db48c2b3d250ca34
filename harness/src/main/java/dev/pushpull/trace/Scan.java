package dev.pushpull.trace;

/**
 * A piece of text that forms of time read from left to right, and the moment that was read. One object serves a whole
 * file, so that ten million lines make no garbage.
 */
final class Scan {
    private static final int LETTER_CASE = 0x20;

    char[] text = new char[0];

    /** The next character to read. */
    int at;

    /** Where the piece ends. */
    int end;

    /** The moment that was read: epoch nanoseconds, unless the form settles them at the end. */
    long nanos;

    /** Whether the moment had a zone of its own. */
    boolean zoned;

    /** Its distance from UTC, when it had a zone. */
    int offsetSeconds;

    /** Whether the moment is a date without a time of day. */
    boolean dateOnly;

    Scan on(char[] chars, int from, int to) {
        text = chars;
        at = from;
        end = to;
        return this;
    }

    Scan on(String value) {
        return on(value.toCharArray(), 0, value.length());
    }

    /** Forgets the moment before. */
    void begin() {
        zoned = false;
        offsetSeconds = 0;
        dateOnly = false;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    /** The character here; NUL at the end. */
    char peek() {
        return at < end ? text[at] : 0;
    }

    char peek(int ahead) {
        return at + ahead < end ? text[at + ahead] : 0;
    }

    boolean take(char wanted) {
        if (at < end && text[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    boolean digitAhead(int ahead) {
        return isDigit(peek(ahead));
    }

    /** How many digits come next, counted up to one more than {@code most}. */
    int digits(int most) {
        int count = 0;
        while (count <= most && at + count < end && isDigit(text[at + count])) {
            count++;
        }
        return count;
    }

    /** Reads this many digits, which must be there; at most nine. */
    int number(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            value = 10 * value + (text[at++] - '0');
        }
        return value;
    }

    /** How many letters of ASCII come next. */
    int letters() {
        int count = 0;
        while (at + count < end && isLetter(text[at + count])) {
            count++;
        }
        return count;
    }

    /** Whether the next letters are these, in any case; {@code lower} is in small letters. */
    boolean matches(String lower, int length) {
        if (length != lower.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((text[at + i] | LETTER_CASE) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    void skipBlanks() {
        while (at < end && isBlank(text[at])) {
            at++;
        }
    }

    /** Cuts blanks off both ends. */
    void strip() {
        skipBlanks();
        while (end > at && isBlank(text[end - 1])) {
            end--;
        }
    }

    /** What is left, as text. */
    String rest() {
        return new String(text, at, Math.max(0, end - at));
    }

    static boolean isDigit(char one) {
        return one >= '0' && one <= '9';
    }

    static boolean isLetter(char one) {
        char small = (char) (one | LETTER_CASE);
        return small >= 'a' && small <= 'z';
    }

    static boolean isBlank(char one) {
        return one == ' ' || one == '\t' || one == '\u00a0' || one == '\f' || one == '\r';
    }
}
