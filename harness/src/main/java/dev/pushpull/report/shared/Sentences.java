package dev.pushpull.report.shared;

import java.util.Locale;

/** How sentences are put together. */
public final class Sentences {
    private Sentences() {}

    /** With a capital at its beginning. */
    public static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** A sentence with others after it, of which any may be empty. */
    public static String after(String sentence, String... others) {
        StringBuilder text = new StringBuilder(sentence);
        for (String other : others) {
            text.append(other.isEmpty() || text.isEmpty() ? "" : " ").append(other);
        }
        return text.toString();
    }
}
