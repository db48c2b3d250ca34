package dev.pushpull.report.shared;

import dev.pushpull.scenario.Failures;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes the files of a results folder. Each has a temporary name until it is complete, so a crash leaves no half file.
 */
public final class ResultFiles {
    /** The page with two runs side by side, for a folder without a run of its own. */
    public static final String COMPARED = "compared.html";

    /** Which two runs it shows: their folders, relative to its own. */
    public static final String COMPARED_RUNS = "compared.json";

    private ResultFiles() {}

    public interface Content {
        void writeTo(Writer out) throws IOException;
    }

    public interface Printed {
        void printTo(PrintStream out);
    }

    /** What is printed as a text to be written. */
    public static Content printed(Printed content) {
        return out -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
                content.printTo(stream);
            }
            out.write(bytes.toString(StandardCharsets.UTF_8));
        };
    }

    /** Writes one text file, under a temporary name until it is complete. */
    public static void put(Path folder, String name, Content content) throws IOException {
        atomically(folder, name, temporary -> {
            // half a UTF-16 pair, which JSON from others may contain, is not a character: write a question mark, as in
            // all our text
            Writer out = new BufferedWriter(new OutputStreamWriter(temporary, StandardCharsets.UTF_8));
            content.writeTo(out);
            out.flush();
        });
    }

    public static void print(Path folder, String name, Printed content) throws IOException {
        atomically(folder, name, temporary -> {
            PrintStream out = new PrintStream(temporary, false, StandardCharsets.UTF_8);
            content.printTo(out);
            if (out.checkError()) { // a PrintStream does not report a full disk
                throw new IOException("it could not be written");
            }
        });
    }

    private interface FileContent {
        void writeTo(OutputStream file) throws IOException;
    }

    /** The file is locked until it has its name: see {@link Leftovers}. */
    private static void atomically(Path folder, String name, FileContent content) throws IOException {
        Path temporary = folder.resolve("." + name + ".tmp");
        try (FileChannel file = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Leftovers.hold(file);
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file));
            content.writeTo(out);
            out.flush();
            Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (UncheckedIOException e) {
            throw failed(folder.resolve(name), e.getCause());
        } catch (IOException e) {
            throw failed(folder.resolve(name), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A failure under a temporary name, which means nothing to people, reported for the intended file. */
    public static IOException failed(Path file, IOException cause) {
        IOException failure = new FileSystemException(file.toString(), null, Failures.reason(cause));
        failure.initCause(cause);
        return failure;
    }
}
