package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.schedule.TraceReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A trace from a file or standard input, packed with gzip or not. */
final class TraceFile {
    private static final int GZIP_MAGIC = 0x1f8b;

    private TraceFile() {}

    /**
     * @param name a path, or - for standard input
     * @return epoch nanoseconds in order
     */
    static long[] read(String name) {
        String source = name.equals("-") ? "standard input" : name;
        try (InputStream in = unpacked(new BufferedInputStream(opened(name)))) {
            return TraceReader.read(new InputStreamReader(in, StandardCharsets.UTF_8), source);
        } catch (TraceReader.TraceFormatException e) {
            throw new InvalidInputException("--trace: " + e.getMessage());
        } catch (IOException e) {
            throw new InvalidInputException("--trace: '%s' cannot be read (%s); accepted: a file of event times, or -"
                    .formatted(name, e.getClass().getSimpleName()));
        }
    }

    private static InputStream opened(String name) throws IOException {
        return name.equals("-") ? System.in : Files.newInputStream(Path.of(name));
    }

    private static InputStream unpacked(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in) : in;
    }
}
