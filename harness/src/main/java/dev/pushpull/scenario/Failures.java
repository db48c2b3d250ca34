package dev.pushpull.scenario;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What went wrong, for a person: one line without Java class names, which say nothing to most people. The only place
 * where an exception becomes words.
 */
public final class Failures {
    /** How to give the program more memory, for every message about memory. */
    public static final String MORE_MEMORY = "PUSHPULL_JAVA_OPTS=-Xmx with more";

    private static final int MEBIBYTE = 1 << 20;

    /** A package, then the class, with or without back quotes; a file may be called {@code notes.README}. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("`?\\b(?:java|javax|jdk|sun|com|org|io|dev|okhttp3|okio|kotlin|picocli)\\.(?:[a-z]\\w*\\.)*"
                    + "([A-Z]\\w*(?:\\$\\w+)*)(?:<[^`]*>)?`?");

    private Failures() {}

    /** One line about what happened. */
    public static String sentence(Throwable thrown) {
        Throwable cause = firstWithWords(thrown);
        String line = TerminalText.unbounded(
                told(cause).lines().findFirst().orElse("").strip());
        return line.isEmpty()
                ? words(cause.getClass().getSimpleName())
                : cause instanceof FileSystemException ? line : withoutClassNames(line);
    }

    /** Whether memory ran out somewhere in the chain of causes. */
    public static boolean isOutOfMemory(Throwable thrown) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /** One line about what did not fit, and the remedy. */
    public static String outOfMemory(String what) {
        return "the memory of %d MiB is not enough for %s; accepted: less, or %s"
                .formatted(Runtime.getRuntime().maxMemory() / MEBIBYTE, what, MORE_MEMORY);
    }

    /** A library's message, with class names turned into words. */
    public static String withoutClassNames(String text) {
        return CLASS_NAME.matcher(text).replaceAll(found -> words(found.group(1)));
    }

    /** The first in the chain of causes with a message of its own. */
    private static Throwable firstWithWords(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause().toString().equals(cause.getMessage())) {
            cause = cause.getCause(); // it has no message of its own
        }
        return cause;
    }

    private static String told(Throwable cause) {
        if (cause instanceof OutOfMemoryError
                && String.valueOf(cause.getMessage()).contains("native thread")) {
            return "the system gives this program no more threads"; // a larger heap leaves less room for these
        }
        if (cause instanceof OutOfMemoryError || !(cause instanceof IOException) && isOutOfMemory(cause)) {
            return outOfMemory("this");
        }
        if (cause instanceof FileSystemException file) {
            return file.getFile() == null ? reason(file) : file.getFile() + ": " + reason(file);
        }
        if (cause instanceof InvalidPathException path) {
            return "'" + path.getInput().replace("\0", "\\0") + "' is no path that this system can name";
        }
        if (cause instanceof UnknownHostException
                && !String.valueOf(cause.getMessage()).contains(" ")) {
            return "the host " + cause.getMessage() + " is not known";
        }
        if (cause instanceof CharacterCodingException) {
            return "it is no text in UTF-8";
        }
        if (cause instanceof EOFException) {
            return "it ends too early";
        }
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        return message.equals("Bad file descriptor") ? "it is closed" : message;
    }

    /** The reason without the file name that {@link #sentence} begins with, for callers that have named the file. */
    public static String reason(IOException e) {
        return e instanceof FileSystemException file ? TerminalText.unbounded(reason(file)) : sentence(e);
    }

    private static String reason(FileSystemException e) {
        if (e.getReason() != null && !e.getReason().isBlank()) {
            return e.getReason();
        }
        return e instanceof NoSuchFileException
                ? "there is no such file or folder"
                : e instanceof AccessDeniedException
                        ? "permission denied"
                        : e instanceof FileAlreadyExistsException
                                ? "it exists already"
                                : e instanceof NotDirectoryException
                                        ? "it is no folder"
                                        : e instanceof DirectoryNotEmptyException
                                                ? "the folder is not empty"
                                                : "the system refused it";
    }

    /** {@code ArrayIndexOutOfBoundsException} says "array index out of bounds". */
    public static String words(String className) {
        return className
                .replaceFirst("(?<=.)(Exception|Error)$", "")
                .replace('$', ' ')
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
