package dev.pushpull.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** SQLite's native library, which its driver unpacks into the temporary folder and loads from there. */
final class NativeLibrary {
    private static final String FOLDER = "org.sqlite.tmpdir";
    private static final long BYTES = 2 << 20;
    private static final int KIBIBYTE = 1 << 10;

    /** The remedy when the temporary folder cannot be used. */
    static final String REMEDY = "accepted: another folder, by PUSHPULL_JAVA_OPTS=-D";

    private NativeLibrary() {}

    /**
     * Whether this is the driver's error for a missing library. We do not compile against the driver, so only its class
     * name tells.
     */
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

    /** Why it cannot be loaded, and the remedy. The driver does not reveal its reason, so we check the folder. */
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
