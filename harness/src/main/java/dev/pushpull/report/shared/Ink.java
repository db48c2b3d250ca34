package dev.pushpull.report.shared;

import dev.pushpull.scenario.TerminalText;
import java.util.Map;
import java.util.stream.Collectors;

/** What a terminal can show: colour, and characters beyond ASCII. */
public record Ink(boolean colour, boolean unicode) {
    private static final Map<Integer, String> ASCII = Map.of(
            (int) 'π', "pi", (int) 'φ', "phi", (int) '±', "+-", (int) 'µ', "u", (int) '–', "-", (int) '×', "x",
            (int) '·', "*", (int) '²', "^2");

    /**
     * Text as this terminal can show it; control characters, which could control the terminal, become question marks.
     */
    public String plain(String text) {
        String written =
                unicode ? text : text.replaceAll("λ(?=[\\p{L}(])", "lambda*").replace("λ", "lambda");
        return TerminalText.unbounded(written)
                .codePoints()
                .mapToObj(character -> {
                    boolean showable = unicode || character < 128;
                    return showable ? Character.toString(character) : ASCII.getOrDefault(character, "?");
                })
                .collect(Collectors.joining());
    }

    public String strong(String text) {
        return code("1", text);
    }

    public String faint(String text) {
        return code("2", text);
    }

    public String bad(String text) {
        return code("1;31", text);
    }

    public String doubtful(String text) {
        return code("33", text);
    }

    /** A text in the colour that fits its meaning. */
    public String of(Standing standing, String text) {
        return switch (standing) {
            case HOLDS -> code("32", text);
            case HOLDS_IN_PART -> code("33", text);
            case FAILS -> code("31", text);
            case UNDECIDED -> code("1", text);
        };
    }

    private String code(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
