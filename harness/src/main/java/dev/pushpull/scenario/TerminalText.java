package dev.pushpull.scenario;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text that others wrote, made safe for a terminal: what could steer it, hide text or turn its direction becomes a question
 * mark. That is all control characters (C0, C1, DEL), all that are there for their effect alone (overrides of direction,
 * marks without width) and separators of lines.
 */
public final class TerminalText {
    private static final String STEERING = "\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}";
    private static final Pattern ANY = Pattern.compile("[" + STEERING + "]");

    /** Our own text has lines, and stack traces have tabs. */
    private static final Pattern WITHIN_LINES = Pattern.compile("[" + STEERING + "&&[^\\n\\t]]");

    /** The same but for the colours that we print. */
    private static final Pattern BUT_OUR_COLOURS =
            Pattern.compile("(?!\\x1b\\[(?:0|1|2|3[1-3]|1;31)m)[" + STEERING + "&&[^\\n\\t]]");

    private static final int MOST_OF_A_VALUE = 200;
    private static final int MOST_OF_A_LINE = 5_000;

    private TerminalText() {}

    /** A value within a line of ours: one line, of at most 200 characters. */
    public static String value(String text) {
        return ANY.matcher(shortened(text, MOST_OF_A_VALUE)).replaceAll("?");
    }

    /** The first line of a text, as a value. */
    public static String firstLine(String text) {
        return value(text.lines().findFirst().orElse(""));
    }

    /** Whole lines, whoever wrote what is in them; of each at most some thousand characters. */
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

    /** A value as it was written, of at most 200 characters; whoever prints it makes it safe. */
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
