package dev.pushpull.standalone;

import java.io.IOException;
import okio.BufferedSource;

/** The lines of an answer that goes on, each of them bounded: by LF or CRLF and, where it is the custom, by CR alone. */
final class FeedLines {
    private final BufferedSource source;
    private final int mostBytes;
    private final boolean endsAtReturn;
    private boolean afterReturn;

    /** @param endsAtReturn whether a CR alone ends a line, as in an event stream */
    FeedLines(BufferedSource source, int mostBytes, boolean endsAtReturn) {
        this.source = source;
        this.mostBytes = mostBytes;
        this.endsAtReturn = endsAtReturn;
    }

    /**
     * The next line without its end, or null at the end of the answer; what stands after the last line end is a line.
     *
     * @throws IOException when it breaks, or when the line is too long
     */
    String next() throws IOException {
        for (long length = 0; ; length++) {
            if (!source.request(length + 1)) {
                return length == 0 ? null : source.readUtf8(length);
            }
            byte here = source.getBuffer().getByte(length);
            if (afterReturn && length == 0 && here == '\n') { // the end of this line was read
                source.skip(1);
                length = -1;
                afterReturn = false;
                continue;
            }
            afterReturn = false;
            if (here == '\n' || endsAtReturn && here == '\r') {
                String line = source.readUtf8(length);
                source.skip(1);
                afterReturn = here == '\r';
                return line;
            }
            if (length >= mostBytes) {
                throw new IOException("a line has more than " + mostBytes + " bytes (--most-bytes)");
            }
        }
    }
}
