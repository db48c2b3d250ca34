package dev.pushpull.report.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A command line in a form that can be typed again. */
public final class ShellWords {
    private static final String OUT = "--out";

    private ShellWords() {}

    /** Puts words that a POSIX shell would split or change in single quotes. */
    public static String join(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    /**
     * A command line for a reader who wants the same again: without the results folder, which was new then and is not
     * new now, and which is of no use on another machine.
     */
    public static String repeatable(List<String> words) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(OUT)) {
                i++; // its value
            } else if (!words.get(i).startsWith(OUT + "=")) {
                kept.add(words.get(i));
            }
        }
        return join(kept);
    }

    /** One word, in single quotes where a POSIX shell would split or change it. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
