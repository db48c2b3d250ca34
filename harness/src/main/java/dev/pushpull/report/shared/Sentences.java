package dev.pushpull.report.shared;

import java.util.List;
import java.util.Locale;

/** Assembles sentences. */
public final class Sentences {
    private Sentences() {}

    /** With a capital letter at the start. */
    public static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code polling}, {@code polling and webhooks}, {@code polling, long polling and webhooks}. */
    public static String listed(List<String> things) {
        int last = things.size() - 1;
        return last == 0 ? things.get(0) : String.join(", ", things.subList(0, last)) + " and " + things.get(last);
    }

    /** A sentence followed by others, any of which may be empty. */
    public static String after(String sentence, String... others) {
        StringBuilder text = new StringBuilder(sentence);
        for (String other : others) {
            text.append(other.isEmpty() || text.isEmpty() ? "" : " ").append(other);
        }
        return text.toString();
    }
}
