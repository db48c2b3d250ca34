package dev.pushpull.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** SQLite's own library, which its driver unpacks into the folder for temporary files and loads from there. */
final class NativeLibrary {
    private static final String FOLDER = "org.sqlite.tmpdir";
    private static final long BYTES = 2 << 20;
    private static final int KIBIBYTE = 1 << 10;

    /** What helps when a folder for temporary files does not. */
    static final String REMEDY = "accepted: another folder, by PUSHPULL_JAVA_OPTS=-D";

    private NativeLibrary() {}

    /** Whether this is what the driver says when it has no library: a class of the driver, which is not compiled against. */
    static boolean isMissing(Throwable thrown) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof LinkageError
                    || cause.getClass().getName().endsWith("NativeLibraryNotFoundException")) {
                return true;
            }
        }
        return false;
    }

    /** Why it cannot be loaded and what helps. The driver keeps its reason to itself, so the folder is looked at. */
    static String refusal() {
        String folder = System.getProperty(FOLDER, System.getProperty("java.io.tmpdir", ""));
        return "SQLite's library cannot be unpacked in %s: %s; %s%s=DIR"
                .formatted(folder, trouble(folder), REMEDY, FOLDER);
    }

    private static String trouble(String folder) {
        try {
            Path path = Path.of(folder);
            if (!Files.isDirectory(path)) {
                return "there is no such folder";
            }
            Files.delete(Files.createTempFile(path, "pushpull", null));
            long free = Files.getFileStore(path).getUsableSpace();
            return free < BYTES
                    ? "it is full, with %,d KiB free of the %,d needed".formatted(free / KIBIBYTE, BYTES / KIBIBYTE)
                    : "it is mounted noexec, or this system is none that the driver has a library for";
        } catch (IOException | InvalidPathException e) {
            return "it cannot be written";
        }
    }
}
