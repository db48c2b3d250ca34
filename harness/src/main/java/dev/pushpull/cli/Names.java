package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.TerminalText;
import java.util.Collection;
import java.util.Comparator;
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
        return known.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparingInt(candidate -> -candidate.length()))
                .filter(candidate -> 2 * distance(name, candidate) <= candidate.length());
    }

    /** Levenshtein's distance. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
