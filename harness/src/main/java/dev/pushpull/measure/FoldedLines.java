package dev.pushpull.measure;

import java.nio.ByteBuffer;

/**
 * Looks for a header that goes on in another line, which RFC 9112 (5.2) lets a server refuse: Undertow joins the lines, so
 * that nobody sees it afterwards, and what stands before us may have read them otherwise.
 */
final class FoldedLines {
    private enum Place {
        /** Blank lines may stand there. */
        BEFORE_REQUEST,
        IN_LINE,
        LINE_BEGINS,
        BEYOND_HEAD
    }

    private Place place = Place.BEFORE_REQUEST;
    private boolean found;

    /** Whether the head that came last has one. */
    boolean found() {
        return found;
    }

    /** What comes from now on is another request. */
    void nextRequest() {
        place = Place.BEFORE_REQUEST;
        found = false;
    }

    /** Bytes as they came, from an index up to another. */
    void see(ByteBuffer bytes, int from, int to) {
        for (int i = from; i < to && place != Place.BEYOND_HEAD; i++) {
            byte one = bytes.get(i);
            if (one == '\r') {
                continue;
            }
            switch (place) {
                case BEFORE_REQUEST -> place = one == '\n' ? place : Place.IN_LINE;
                case LINE_BEGINS -> {
                    found |= one == ' ' || one == '\t';
                    place = one == '\n' ? Place.BEYOND_HEAD : Place.IN_LINE;
                }
                default -> place = one == '\n' ? Place.LINE_BEGINS : place;
            }
        }
    }
}
