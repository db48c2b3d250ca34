package dev.pushpull.trace;

import java.io.IOException;
import java.io.Reader;

/** The lines of a text, one after another in one piece of memory, whatever ends them. */
final class Lines {
    /** No time is nearly as long. Of a longer line, the beginning is kept, for the time may stand there. */
    static final int MOST_CHARACTERS = 10_000;

    private static final int BUFFER = 1 << 16;

    private final Reader text;
    private final char[] buffer = new char[BUFFER];
    private int from;
    private int limit;
    private boolean afterReturn;
    private boolean isCut;
    private long number;

    Lines(Reader text) {
        this.text = text;
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** Whether the line that was read last is longer than is kept. */
    boolean isCut() {
        return isCut;
    }

    /**
     * Sets the scan on the next line, without its end.
     *
     * @return whether there was another
     */
    boolean next(Scan scan) throws IOException {
        isCut = false;
        int at = from;
        while (true) {
            if (at == limit) {
                if (limit - from > MOST_CHARACTERS) {
                    isCut = true;
                    limit = from + MOST_CHARACTERS;
                    at = limit;
                }
                int moved = from;
                if (!fill()) {
                    return last(scan);
                }
                at -= moved - from;
            }
            char one = buffer[at];
            if (one == '\n' && afterReturn && at == from) {
                from = ++at;
                afterReturn = false;
                continue;
            }
            afterReturn = false;
            if (one == '\n' || one == '\r') {
                give(scan, at);
                from = at + 1;
                afterReturn = one == '\r';
                return true;
            }
            at++;
        }
    }

    private boolean last(Scan scan) {
        if (from == limit) {
            return false;
        }
        give(scan, limit);
        from = limit;
        return true;
    }

    private void give(Scan scan, int to) {
        isCut |= to - from > MOST_CHARACTERS;
        scan.on(buffer, from, Math.min(to, from + MOST_CHARACTERS));
        number++;
    }

    /** Moves what is left to the front and reads on. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, limit - from);
        limit -= from;
        from = 0;
        int read = text.read(buffer, limit, BUFFER - limit);
        if (read <= 0) {
            return false;
        }
        limit += read;
        return true;
    }
}
