package dev.pushpull.report.shared;

import java.util.List;
import java.util.stream.Collectors;

/** A command line in a form that can be typed again. */
public final class ShellWords {
    private ShellWords() {}

    /** Puts words that a POSIX shell would split or change in single quotes. */
    public static String join(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
