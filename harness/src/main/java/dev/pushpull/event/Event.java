package dev.pushpull.event;

/**
 * Something that occurred. Times are nanoseconds since 1970 (UTC).
 *
 * @param sequence 1 for the first of its stream
 * @param occurredAtEpochNanos the intended time, not the time at which a busy machine got to it
 * @param dataJson the event's {@code data}, a JSON object as text
 */
public record Event(String id, String stream, long sequence, String type, long occurredAtEpochNanos, String dataJson) {}
