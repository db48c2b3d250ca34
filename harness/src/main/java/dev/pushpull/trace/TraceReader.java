package dev.pushpull.trace;

import dev.pushpull.scenario.ForeignText;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.time.Instant;

/**
 * Reads event times from whatever holds them: a stream of bytes is unpacked and decoded, its beginning tells where the
 * times stand and how they are written, and the whole is then read in one pass. Only the times are kept.
 */
public final class TraceReader {
    /** Enough for the first records of the widest files. */
    private static final int SAMPLE = 1 << 18;

    private static final int SEPARATOR_LINE = "sep=;".length();

    private TraceReader() {}

    /**
     * @param bytes packed or not
     * @param source the file's name, for messages
     * @param asOf when the file was written, as far as is known; logs may name no year
     * @throws dev.pushpull.scenario.InvalidInputException when there is no time, a time cannot be read, or the text can
     *     be read in two ways; one line, which names the flag that settles it
     */
    public static TraceTimes read(InputStream bytes, String source, Instant asOf, TraceSettings settings)
            throws IOException {
        Reader decoded = ForeignText.of(Unpacked.of(bytes));
        char[] head = new char[SAMPLE];
        int length = 0;
        for (int read = 0; read >= 0 && length < SAMPLE; read = decoded.read(head, length, SAMPLE - length)) {
            length += read;
        }
        boolean isWhole = length < SAMPLE;
        int from = separatorLine(head, length);
        Forms forms = new Forms(settings, asOf);
        PushbackReader text = new PushbackReader(decoded, SAMPLE);
        text.unread(head, from, length - from);
        try {
            return new Recognition(forms, source, new String(head, from, length - from), isWhole)
                    .layout()
                    .read(text);
        } catch (TraceDoubt doubt) {
            throw new InvalidInputException("%s: %s".formatted(source, doubt.getMessage()));
        }
    }

    /** The length of the line {@code sep=;} that Excel puts before a table. */
    private static int separatorLine(char[] head, int length) {
        return length > SEPARATOR_LINE
                        && new String(head, 0, SEPARATOR_LINE).matches("(?i)sep=[;,|\t]")
                        && (head[SEPARATOR_LINE] == '\n' || head[SEPARATOR_LINE] == '\r')
                ? SEPARATOR_LINE
                : 0;
    }
}
