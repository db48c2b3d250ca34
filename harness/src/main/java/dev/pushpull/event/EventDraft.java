package dev.pushpull.event;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An event before the log gives it its place in the stream. All of its JSON except the sequence is made here, before
 * the event is due, so that none of this delays the event.
 */
public final class EventDraft {
    private final String id;
    private final String stream;
    private final String type;
    private final long occurredAtEpochNanos;
    private final String dataJson;
    private final byte[] beforeSequence;
    private final byte[] afterSequence;

    /** The parameters are those of {@link Event}. */
    public EventDraft(String id, String stream, String type, long occurredAtEpochNanos, String dataJson) {
        this.id = id;
        this.stream = stream;
        this.type = type;
        this.occurredAtEpochNanos = occurredAtEpochNanos;
        this.dataJson = dataJson;
        this.beforeSequence = utf8("{\"id\":" + quoted(id) + ",\"stream\":" + quoted(stream) + ",\"sequence\":");
        this.afterSequence = utf8(",\"type\":" + quoted(type) + ",\"occurred_at\":\""
                + Timestamps.format(occurredAtEpochNanos) + "\",\"data\":" + dataJson + "}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    public String id() {
        return id;
    }

    /** The stream it belongs to. */
    public String stream() {
        return stream;
    }

    /** The event in its place. */
    Event at(long sequence) {
        return new Event(id, stream, sequence, type, occurredAtEpochNanos, dataJson);
    }

    /** The event in its place, as sent: UTF-8. */
    byte[] json(long sequence) {
        byte[] digits = utf8(Long.toString(sequence));
        ByteArrayOutputStream json =
                new ByteArrayOutputStream(beforeSequence.length + digits.length + afterSequence.length);
        json.writeBytes(beforeSequence);
        json.writeBytes(digits);
        json.writeBytes(afterSequence);
        return json.toByteArray();
    }
}
