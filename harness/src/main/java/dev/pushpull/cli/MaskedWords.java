package dev.pushpull.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A command line's words as they may be passed on: any header may carry a key, so only well-known ones are shown. */
final class MaskedWords {
    private static final String HEADER = "--header";
    private static final Pattern HARMLESS =
            Pattern.compile("(?i)(accept[a-z-]*|user-agent|prefer|cache-control|content-type)\\s*:.*");

    private MaskedWords() {}

    static List<String> of(List<String> words) {
        List<String> shown = new ArrayList<>();
        for (String word : words) {
            boolean follows = !shown.isEmpty() && shown.get(shown.size() - 1).equals(HEADER);
            boolean within = word.startsWith(HEADER + "=");
            shown.add(
                    follows
                            ? header(word)
                            : within ? HEADER + "=" + header(word.substring(HEADER.length() + 1)) : word);
        }
        return shown;
    }

    /** {@code Name: ***}. */
    static String header(String header) {
        int colon = header.indexOf(':');
        return colon < 0 || HARMLESS.matcher(header).matches() ? header : header.substring(0, colon) + ": ***";
    }
}
