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
        int at = from;
        while (at < to && place != Place.BEYOND_HEAD) {
            at = switch (place) {
                case REQUEST_LINE -> requestLine(bytes, at, to);
                case LINE_BEGINS -> lineBegins(bytes.get(at), at);
                default -> line(bytes, at, to);
            };
        }
    }

    /** Whether the blank line after the head was seen. */
    boolean isComplete() {
        return place == Place.BEYOND_HEAD;
    }

    /** @return the index after the line, or after the last byte */
    private int requestLine(ByteBuffer bytes, int from, int to) {
        long eight = lastEight;
        int at = from;
        while (at < to) {
            byte one = bytes.get(at++);
            if (one == '\n') {
                strange = eight != HTTP_1_1 && eight != HTTP_1_0;
                place = Place.LINE_BEGINS;
                break;
            }
            if (one != '\r') {
                eight = eight << 8 | one & 0xff;
            }
        }
        lastEight = eight;
        return at;
    }

    private int lineBegins(byte one, int at) {
        if (one != '\r') {
            folded |= one == ' ' || one == '\t';
            place = one == '\n' ? Place.BEYOND_HEAD : Place.IN_LINE;
        }
        return at + 1;
    }

    /** @return the index after the line, or after the last byte */
    private int line(ByteBuffer bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes.get(at) == '\n') {
                place = Place.LINE_BEGINS;
                return at + 1;
            }
        }
        return to;
    }
}
