package dev.pushpull.cli;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.schedule.TraceReader;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.zip.GZIPInputStream;

/** A trace from a file or standard input, with or without gzip. */
final class TraceFile {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final long MOST_UNPACKED_BYTES = 64L << 20;

    private TraceFile() {}

    /**
     * @param name a path, or - for standard input
     * @return epoch nanoseconds in order
     */
    static long[] read(String name) {
        String source = name.equals("-") ? "standard input" : name;
        try (InputStream in = unpacked(new BufferedInputStream(StandardStreams.open(name)))) {
            return TraceReader.read(ForeignText.of(in), source);
        } catch (TraceReader.TraceFormatException e) {
            throw new InvalidInputException("--trace: " + e.getMessage());
        } catch (UnpackedTooLarge e) {
            throw new InvalidInputException(
                    "--trace: '%s' unpacks to more than %s; accepted: less, or the unpacked file"
                            .formatted(name, Quantity.size(MOST_UNPACKED_BYTES)));
        } catch (IOException | InvalidPathException e) {
            throw new InvalidInputException("--trace: '%s' cannot be read (%s); accepted: a file of event times, or -"
                    .formatted(name, Failures.sentence(e)));
        } catch (OutOfMemoryError e) { // what was read so far is garbage by now
            throw new UncheckedIOException(new IOException(Failures.outOfMemory("the trace '%s'".formatted(name)), e));
        }
    }

    private static InputStream unpacked(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new Bounded(new GZIPInputStream(in)) : in;
    }

    /** A compressed file holds more than anyone would compress. */
    private static final class UnpackedTooLarge extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** A compressed file of a few kilobytes can expand to more than the memory holds. */
    private static final class Bounded extends FilterInputStream {
        private long left = MOST_UNPACKED_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            left -= Math.max(0, count);
            if (left < 0) {
                throw new UnpackedTooLarge();
            }
            return count;
        }
    }
}
