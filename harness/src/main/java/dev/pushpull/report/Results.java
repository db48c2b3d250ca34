package dev.pushpull.report;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.RunRecord;
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
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The files of a results folder. */
public final class Results {
    private Results() {}

    /**
     * Writes them all. Each is written under a temporary name and renamed, so a crash leaves no half file;
     * {@code run.json} comes first, for all others can be made from it again.
     */
    public static void write(RunRecord run, Path folder) throws IOException {
        write(run, List.of(), folder);
    }

    /** The same with what happened to each event, step by step. */
    public static void write(RunRecord run, List<JournalStep> journal, Path folder) throws IOException {
        put(folder, RunJson.FILE, out -> out.write(RunJson.render(run)));
        put(folder, "summary.csv", out -> CsvFiles.summary(List.of(run), out));
        put(folder, "timeline.csv", out -> CsvFiles.timeline(run, out));
        if (!run.agreement().isEmpty()) {
            put(folder, "agreement.csv", out -> CsvFiles.agreement(run, out));
        }
        put(folder, "table.md", out -> out.write(MarkdownTable.render(run)));
        for (Map.Entry<String, Histogram> latency : LatencyLogs.byMode(run).entrySet()) {
            String name = "latency-" + LatencyLogs.fileName(latency.getKey()) + ".hgrm";
            print(folder, name, out -> LatencyLogs.percentiles(latency.getValue(), out));
        }
        print(folder, "latency.hlog", out -> LatencyLogs.log(run, out));
        put(folder, "report.html", out -> out.write(HtmlReport.render(run, journal)));
        JournalFile.write(journal, folder);
    }

    /**
     * Reads {@code run.json} back.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when there is none, it is not whole, or a newer program wrote
     *     it
     */
    public static RunRecord read(Path folder) {
        return RunJson.read(folder);
    }

    interface Content {
        void writeTo(Writer out) throws IOException;
    }

    interface Printed {
        void printTo(PrintStream out);
    }

    /** One text file, under a temporary name until it is whole. */
    static void put(Path folder, String name, Content content) throws IOException {
        atomically(folder, name, temporary -> {
            // half a pair of UTF-16, which others can write in JSON, is no character: a question mark, as in any text
            // of ours
            Writer out = new BufferedWriter(new OutputStreamWriter(temporary, StandardCharsets.UTF_8));
            content.writeTo(out);
            out.flush();
        });
    }

    static void print(Path folder, String name, Printed content) throws IOException {
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
    static IOException failed(Path file, IOException cause) {
        IOException failure = new FileSystemException(file.toString(), null, Failures.reason(cause));
        failure.initCause(cause);
        return failure;
    }
}
