package dev.pushpull.cli;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.trace.TraceReader;
import dev.pushpull.trace.TraceSettings;
import dev.pushpull.trace.TraceTimes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;

/** A trace from a file or standard input. */
final class TraceFile {
    private TraceFile() {}

    /**
     * @param what the flag or parameter that names it, for messages
     * @param name a path, or - for standard input
     */
    static TraceTimes read(String what, String name, TraceSettings settings) {
        String source = name.equals("-") ? "standard input" : name;
        try (InputStream in = StandardStreams.open(name)) {
            return TraceReader.read(in, source, writtenAt(name), settings);
        } catch (InvalidInputException e) {
            String message = e.getMessage();
            throw new InvalidInputException(message.startsWith("--") ? message : what + ": " + message);
        } catch (IOException | InvalidPathException e) {
            throw new InvalidInputException("%s: '%s' cannot be read (%s); accepted: a file of event times, or -"
                    .formatted(what, name, Failures.sentence(e)));
        } catch (OutOfMemoryError e) { // what was read so far is garbage by now
            throw new UncheckedIOException(new IOException(Failures.outOfMemory("the trace '%s'".formatted(name)), e));
        }
    }

    /** When the file was changed last; now for what has no such time. */
    private static Instant writtenAt(String name) {
        try {
            return name.equals("-") || !Files.isRegularFile(Path.of(name))
                    ? Instant.now()
                    : Files.getLastModifiedTime(Path.of(name)).toInstant();
        } catch (IOException e) {
            return Instant.now();
        }
    }
}
