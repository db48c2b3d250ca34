package dev.pushpull.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What the person's terminal can show. */
final class Terminal {
    private Terminal() {}

    /** Whether a person watches standard error. */
    static boolean errorIsTerminal() {
        return isTerminal(2);
    }

    /** Whether standard output takes colour: a terminal, and nobody said NO_COLOR. */
    static boolean takesColour() {
        String noColour = System.getenv("NO_COLOR");
        return isTerminal(1) && (noColour == null || noColour.isEmpty());
    }

    /** Whether the locale speaks UTF-8; the launcher tells when it chose that itself, for names of files only. */
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
