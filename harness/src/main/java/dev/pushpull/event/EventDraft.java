package dev.pushpull.event;

/** An event before the log gives it its place in the stream; the components are those of {@link Event}. */
public record EventDraft(String id, String stream, String type, long occurredAtEpochNanos, String dataJson) {}
