package dev.pushpull.testing.capture;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** One direction of a connection, assembled by sequence numbers: what was sent twice counts once. */
public final class TcpStream {
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private final TreeMap<Integer, Long> completeAt = new TreeMap<>();
    private int first;
    private byte[] bytes;

    private record Segment(long epochNanos, byte[] payload) {}

    void packet(long epochNanos, int sequence, boolean synchronises, byte[] payload) {
        if (synchronises) {
            first = sequence + 1;
        }
        if (payload.length == 0) {
            return;
        }
        Segment seen = segments.putIfAbsent(Integer.toUnsignedLong(sequence - first), new Segment(epochNanos, payload));
        if (seen != null && seen.payload().length < payload.length) { // sent again, with more
            int known = seen.payload().length;
            packet(epochNanos, sequence + known, false, Arrays.copyOfRange(payload, known, payload.length));
        }
    }

    /** All payload. */
    byte[] bytes() {
        if (bytes == null) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            long latest = 0;
            for (Map.Entry<Long, Segment> entry : segments.entrySet()) {
                Segment segment = entry.getValue();
                int known = Math.toIntExact(all.size() - entry.getKey());
                if (known < 0) {
                    throw new AssertionError("bytes from " + all.size() + " to " + entry.getKey() + " are missing");
                }
                if (known < segment.payload().length) {
                    all.write(segment.payload(), known, segment.payload().length - known);
                    latest = Math.max(latest, segment.epochNanos());
                    completeAt.put(all.size(), latest);
                }
            }
            bytes = all.toByteArray();
        }
        return bytes;
    }

    /** When the byte at that offset, and all before it, had passed over the wire. */
    long epochNanosOf(int offset) {
        bytes();
        return completeAt.higherEntry(offset).getValue();
    }
}
