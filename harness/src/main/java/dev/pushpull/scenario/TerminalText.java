package dev.pushpull.scenario;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes text from others safe for a terminal: characters that could control it, hide text or reverse its direction
 * become question marks. These are all control characters (C0, C1, DEL), characters that only have effects (direction
 * overrides, marks without width) and line separators.
 */
public final class TerminalText {
    private static final String STEERING = "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}";
    private static final Pattern ANY = Pattern.compile("[" + STEERING + "]");

    /** Our own text has line ends, and stack traces have tabs. */
    private static final Pattern WITHIN_LINES = Pattern.compile("[" + STEERING + "&&[^\\n\\t]]");

    /** The same, except for the colours that we print. */
    private static final Pattern BUT_OUR_COLOURS =
            Pattern.compile("(?!\\x1b\\[(?:0|1|2|3[1-3]|1;31)m)[" + STEERING + "&&[^\\n\\t]]");

    private static final int MOST_OF_A_VALUE = 200;
    private static final int MOST_OF_A_LINE = 5_000;

    private TerminalText() {}

    /** A value within one of our lines: one line of at most 200 characters. */
    public static String value(String text) {
        return ANY.matcher(shortened(text, MOST_OF_A_VALUE)).replaceAll("?");
    }

    /** The first line of a text, as a value. */
    public static String firstLine(String text) {
        return value(text.lines().findFirst().orElse(""));
    }

    /** Whole lines, with any content; each is cut to a thousand characters or so. */
    public static String lines(String text) {
        return WITHIN_LINES.matcher(boundedLines(text)).replaceAll("?");
    }

    /** The same with the colours that this program prints. */
    public static String colouredLines(String text) {
        return BUT_OUR_COLOURS.matcher(boundedLines(text)).replaceAll("?");
    }

    /** One line of any length. */
    public static String unbounded(String text) {
        return ANY.matcher(text).replaceAll("?");
    }

    /** A value as it was written, at most 200 characters; the caller that prints it makes it safe. */
    public static String shortened(String text) {
        return shortened(text, MOST_OF_A_VALUE);
    }

    private static String boundedLines(String text) {
        return text.length() <= MOST_OF_A_LINE
                ? text
                : text.lines().map(line -> shortened(line, MOST_OF_A_LINE)).collect(Collectors.joining("\n"))
                        + (text.endsWith("\n") ? "\n" : "");
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
