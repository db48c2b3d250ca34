package dev.pushpull.http;

import java.nio.ByteBuffer;

/**
 * Looks at a request's head as it comes for what Undertow does not tell afterwards: it joins the lines of a header that goes
 * on in another line, which RFC 9112 (5.2) lets a server refuse, and takes HTTP/9.9 for HTTP/1.1.
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

    /** Whether a header of the head that came last goes on in another line. */
    boolean isFolded() {
        return folded;
    }

    /** Whether its first line ends with another protocol than HTTP/1.1 or HTTP/1.0. */
    boolean isOfAnotherProtocol() {
        return strange;
    }

    /** What comes from now on is another request. */
    void nextRequest() {
        place = Place.REQUEST_LINE;
        lastEight = 0;
        folded = false;
        strange = false;
    }

    /** Bytes as they came, from an index up to another. */
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
