package dev.pushpull.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes that this one has started. */
public final class Children {
    private Children() {}

    /** Those that run a program of this name; Java itself sees only the beginning of a long command line. */
    public static List<ProcessHandle> running(String program) {
        return ProcessHandle.current()
                .children()
                .filter(child -> commandLine(child).contains(program))
                .toList();
    }

    private static String commandLine(ProcessHandle child) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(child.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }
}
