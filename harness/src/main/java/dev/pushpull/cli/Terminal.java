package dev.pushpull.cli;

import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.TerminalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the user's terminal can show. */
final class Terminal {
    private static final int LEAST_COLUMNS = 60;
    private static final int USUAL_COLUMNS = 80;
    private static final int MOST_COLUMNS = 200;

    private Terminal() {}

    /** Whether standard error is a terminal. */
    static boolean errorIsTerminal() {
        return isTerminal(2);
    }

    /** Whether standard output takes colour: it is a terminal, and NO_COLOR is not set. */
    static boolean takesColour() {
        return isTerminal(1) && colourIsWanted(System.getenv());
    }

    /** Whether NO_COLOR is unset. */
    static boolean colourIsWanted(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** The width of text: COLUMNS, limited to 60 to 200; 80 when COLUMNS is missing or 0. */
    static int columns() {
        return columns(System.getenv());
    }

    static int columns(Map<String, String> environment) {
        String given = environment.getOrDefault("COLUMNS", "").strip();
        return given.matches("0*[1-9][0-9]{0,5}")
                ? Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, Integer.parseInt(given)))
                : USUAL_COLUMNS;
    }

    /** Whether the locale uses UTF-8. The launcher says so if it chose that itself, only for file names. */
    static boolean takesUnicode() {
        if (System.getenv("PUSHPULL_ASCII") != null) {
            return false;
        }
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(System::getenv)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .map(value -> value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8"))
                .orElse(false);
    }

    /** Prints for people: removes secrets and terminal control sequences except our own colours. */
    static void print(String text) {
        System.out.print(TerminalText.colouredLines(Secrets.masked(text)));
    }

    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) { // not Linux
            return System.console() != null;
        }
    }
}
