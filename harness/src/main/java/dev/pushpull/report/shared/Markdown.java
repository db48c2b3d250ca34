package dev.pushpull.report.shared;

import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.TerminalText;
import java.util.List;
import java.util.stream.Collectors;

/** Text for Markdown. */
public final class Markdown {
    /** A line break within a cell. */
    public static final String BREAK = "<br>";

    private Markdown() {}

    /** A list under a line of its own; empty when there are no items. */
    public static String warnings(List<String> warnings) {
        return warnings.isEmpty()
                ? ""
                : warnings.stream()
                        .map(warning -> "- " + plain(warning) + "\n")
                        .collect(Collectors.joining("", "\nWarnings:\n\n", ""));
    }

    /** Escaped so that Markdown shows the text as it is: no markup, no cell borders, one line. */
    public static String plain(String text) {
        return TerminalText.unbounded(Secrets.masked(text.replaceAll("\\R", " ")))
                .codePoints()
                .mapToObj(character -> switch (character) {
                    case '\\', '`', '*', '_', '[', ']', '|', '#' -> "\\" + Character.toString(character);
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '&' -> "&amp;";
                    default -> Character.toString(character);
                })
                .collect(Collectors.joining());
    }
}
