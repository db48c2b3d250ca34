package dev.pushpull.report;

import java.util.List;
import java.util.stream.Collectors;

/** A command line as it can be typed again. */
final class ShellWords {
    private ShellWords() {}

    /** Words a POSIX shell would split or change are put in single quotes. */
    static String join(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
