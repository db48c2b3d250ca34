package dev.pushpull.report.shared;

import dev.pushpull.scenario.Failures;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
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

/** Writes the files of a results folder: each under a temporary name until it is whole, so a crash leaves no half file. */
public final class ResultFiles {
    /** The page of two runs side by side, in a folder that has no run of its own. */
    public static final String COMPARED = "compared.html";

    private ResultFiles() {}

    public interface Content {
        void writeTo(Writer out) throws IOException;
    }

    public interface Printed {
        void printTo(PrintStream out);
    }

    /** One text file, under a temporary name until it is whole. */
    public static void put(Path folder, String name, Content content) throws IOException {
        atomically(folder, name, temporary -> {
            // half a pair of UTF-16, which others can write in JSON, is no character: a question mark, as in any text
            // of ours
            Writer out = new BufferedWriter(new OutputStreamWriter(temporary, StandardCharsets.UTF_8));
            content.writeTo(out);
            out.flush();
        });
    }

    public static void print(Path folder, String name, Printed content) throws IOException {
        atomically(folder, name, temporary -> {
            PrintStream out = new PrintStream(temporary, false, StandardCharsets.UTF_8);
            content.printTo(out);
            if (out.checkError()) { // a PrintStream keeps a full disk to itself
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

    /** What failed under a temporary name, which says nothing to anybody, said of the file that was wanted. */
    public static IOException failed(Path file, IOException cause) {
        IOException failure = new FileSystemException(file.toString(), null, Failures.reason(cause));
        failure.initCause(cause);
        return failure;
    }
}
