package dev.pushpull.http;

import java.nio.ByteBuffer;

/**
 * Checks a request's head as it arrives for what Undertow does not reveal afterwards: it joins header lines that
 * continue on the next line, which RFC 9112 (5.2) lets a server refuse, and takes HTTP/9.9 for HTTP/1.1.
 */
final class HeadBytes {
    private static final long HTTP_1_1 = eight("HTTP/1.1");
    private static final long HTTP_1_0 = eight("HTTP/1.0");

    private enum Place {
        REQUEST_LINE,
        LINE_BEGINS,
        IN_LINE,
        BEYOND_HEAD
    }

    private Place place = Place.REQUEST_LINE;
    private long lastEight;
    private boolean folded;
    private boolean strange;

    private static long eight(String characters) {
        long bytes = 0;
        for (int i = 0; i < 8; i++) {
            bytes = bytes << 8 | characters.charAt(i);
        }
        return bytes;
    }

    /** Whether a header of the latest head continues on another line. */
    boolean isFolded() {
        return folded;
    }

    /** Whether the request line ends with a protocol other than HTTP/1.1 or HTTP/1.0. */
    boolean isOfAnotherProtocol() {
        return strange;
    }

    /** The bytes from now on belong to another request. */
    void nextRequest() {
        place = Place.REQUEST_LINE;
        lastEight = 0;
        folded = false;
        strange = false;
    }

    /** Bytes as they came, between two indexes. */
    void see(ByteBuffer bytes, int from, int to) {
        for (int i = from; i < to && place != Place.BEYOND_HEAD; i++) {
            byte one = bytes.get(i);
            if (one != '\r') {
                see(one);
            }
        }
    }

    private void see(byte one) {
        switch (place) {
            case REQUEST_LINE -> {
                if (one == '\n') {
                    strange = lastEight != HTTP_1_1 && lastEight != HTTP_1_0;
                    place = Place.LINE_BEGINS;
                } else {
                    lastEight = lastEight << 8 | one & 0xff;
                }
            }
            case LINE_BEGINS -> {
                folded |= one == ' ' || one == '\t';
                place = one == '\n' ? Place.BEYOND_HEAD : Place.IN_LINE;
            }
            default -> place = one == '\n' ? Place.LINE_BEGINS : Place.IN_LINE;
        }
    }
}
