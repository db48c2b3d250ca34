package dev.pushpull.http;

import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Middlebox.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What one connection has carried, as far as the limits of a {@link Middlebox} ask, and when they end it. Of HTTP it
 * sees where a request begins, where its answer begins, and whether that is whole as it comes or goes on. Of what is
 * encrypted it sees nothing: there an exchange lasts as long as its connection. Reads no clock.
 */
final class LimitedCourse {
    private final Limits limits;
    private final Limits early;
    private long lastByteNanos;

    /** Of the exchange that waits for its answer, or whose answer goes on; never without one. */
    private long requestNanos = Middlebox.NEVER;

    private boolean answered;

    /**
     * @param early the limits of an exchange that has begun before they are in force
     * @param encrypted whether nothing can be read
     */
    LimitedCourse(Limits limits, Limits early, long acceptedNanos, boolean encrypted) {
        this.limits = limits;
        this.early = early;
        this.lastByteNanos = acceptedNanos;
        if (encrypted) {
            requestNanos = acceptedNanos;
            answered = true;
        }
    }

    /** Bytes came from the client. */
    void fromClient(ByteBuffer bytes, long nanos) {
        lastByteNanos = nanos;
        byte first = bytes.get(bytes.position());
        if (first >= 'A' && first <= 'Z') { // a method; frames of WebSockets and records of TLS begin otherwise
            requestNanos = nanos;
            answered = false;
        }
    }

    /** Bytes came from the server. */
    void fromServer(ByteBuffer bytes, long nanos) {
        lastByteNanos = nanos;
        if (requestNanos != Middlebox.NEVER && !answered) {
            answered = true;
            requestNanos = isWhole(bytes) ? Middlebox.NEVER : requestNanos;
        }
    }

    private static boolean isWhole(ByteBuffer bytes) {
        String text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
        int end = text.indexOf("\r\n\r\n");
        String head = text.substring(0, end < 0 ? text.length() : end).toLowerCase(Locale.ROOT);
        return head.contains("\r\ncontent-length:")
                || head.startsWith("http/1.1 304")
                || head.startsWith("http/1.1 204");
    }

    /**
     * When it ends if nothing more passes.
     *
     * @param inForceNanos since when the limits are in force; {@link Middlebox#NEVER} if they are not yet
     */
    long endNanos(long inForceNanos) {
        if (inForceNanos == Middlebox.NEVER) {
            return Middlebox.NEVER;
        }
        long idle = limits.idleEndNanos(Math.max(lastByteNanos, inForceNanos));
        if (requestNanos == Middlebox.NEVER) {
            return idle;
        }
        Limits ofExchange = requestNanos < inForceNanos ? early : limits;
        long request = Math.max(requestNanos, inForceNanos);
        long first = answered ? Middlebox.NEVER : ofExchange.unansweredEndNanos(request);
        return Math.min(idle, Math.min(first, ofExchange.lifeEndNanos(request)));
    }
}
