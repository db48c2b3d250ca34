package dev.pushpull.cli;

import dev.pushpull.scenario.Failures;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * Standard input, output and error, made reliable. Output is UTF-8, whatever the system's encoding. Java ignores errors
 * while printing; here they are reported, and {@link #outputFailed} returns them. If standard input was closed before
 * the start, it is not read, because one of the JVM's own files has its number then.
 */
final class StandardStreams {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final Set<String> NAMES_OF_INPUT =
            Set.of("-", "/dev/stdin", "/dev/fd/" + INPUT, "/proc/self/fd/" + INPUT);

    private final Reporting output = new Reporting(new FileOutputStream(FileDescriptor.out));

    private StandardStreams() {}

    /** Replaces the system's own streams. */
    static StandardStreams takeOver() {
        StandardStreams streams = new StandardStreams();
        System.setErr(utf8(new FileOutputStream(FileDescriptor.err)));
        System.setOut(utf8(streams.output));
        if (isOfTheJvm(INPUT)) {
            System.setIn(new Closed());
        }
        return streams;
    }

    /**
     * Opens what a flag names: a path, or - or another name of standard input. Given such a path, Linux would open
     * whatever file has taken the number of a closed input.
     *
     * @throws InvalidPathException when the system cannot have a path of this name
     */
    static InputStream open(String name) throws IOException {
        return NAMES_OF_INPUT.contains(name) ? System.in : Files.newInputStream(Path.of(name));
    }

    /** Whether printed text was lost, except when the reader simply stopped reading. */
    boolean outputFailed() {
        return output.failed;
    }

    private static PrintStream utf8(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** The JVM's first files take a number that was free: its modules, an archive, a jar. */
    private static boolean isOfTheJvm(int descriptor) {
        String target = target(descriptor);
        return target.startsWith(real(System.getProperty("java.home")) + "/")
                || Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .anyMatch(entry -> target.equals(real(entry)));
    }

    private static String real(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | InvalidPathException e) {
            return path;
        }
    }

    /** The file it is open on, as Linux reports it; empty elsewhere. */
    private static String target(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static final class Closed extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("it is closed");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("it is closed");
        }
    }

    /** Reports once, on standard error, that standard output can no longer be written. */
    private static final class Reporting extends OutputStream {
        private final OutputStream out;
        private boolean ended;
        private volatile boolean failed;

        Reporting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int oneByte) {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (ended) {
                return;
            }
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                ended = true;
                // a pipe fails only because its reader has seen enough, as head does; the message depends on the locale
                String target = target(OUTPUT);
                failed = !target.startsWith("pipe:")
                        && !target.startsWith("socket:")
                        && !Failures.sentence(e).contains("Broken pipe");
                if (failed) {
                    System.err.println("pushpull: standard output cannot be written: " + Failures.sentence(e));
                }
            }
        }
    }
}
