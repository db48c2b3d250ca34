package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.TerminalText;
import java.util.Collection;
import java.util.Optional;

/** Errors for unknown names, which suggest the nearest known one. */
final class Names {
    private Names() {}

    /** The error for an unknown name. */
    static InvalidInputException unknown(String what, String name, Collection<String> known) {
        String nearest = nearest(name, known)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
        return new InvalidInputException("unknown %s '%s'%s accepted: %s"
                .formatted(
                        what, TerminalText.value(name), nearest.isEmpty() ? ";" : nearest, String.join(", ", known)));
    }

    /**
     * The known name that needs the fewest edits, if they are at most half of its letters. A tie goes to the longest
     * name: people leave a letter out more often than they mistype one.
     */
    static Optional<String> nearest(String name, Collection<String> known) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - name.length()) > least) {
                continue; // so many letters at least are too many or too few
            }
            int edits = distance(name, candidate);
            if (edits < least || edits == least && candidate.length() > nearest.length()) {
                nearest = candidate;
                least = edits;
            }
        }
        return 2L * least <= nearest.length() ? Optional.of(nearest) : Optional.empty();
    }

    /** Levenshtein's distance. */
    static int distance(String one, String other) {
        char[] letters = other.toCharArray();
        int[] row = new int[letters.length + 1];
        for (int j = 0; j <= letters.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            char letter = one.charAt(i - 1);
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= letters.length; j++) {
                int substituted = diagonal + (letter == letters[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[letters.length];
    }
}
