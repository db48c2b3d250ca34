package dev.pushpull.standalone;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an answer is made of. */
public enum FeedFormat {
    /** One JSON text with a list in it. */
    JSON,
    /** Lines, each of them a JSON text and an item. */
    NDJSON,
    /** Server-sent events, each of them an item. */
    SSE;

    private static final Set<String> LINES = Set.of(
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonl",
            "application/jsonlines",
            "application/x-jsonlines",
            "application/json-lines",
            "text/x-ndjson");

    /** @param type the {@code Content-Type}; null when there is none */
    static FeedFormat of(Optional<FeedFormat> given, String type) {
        if (given.isPresent()) {
            return given.get();
        }
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return media.equals("text/event-stream") ? SSE : LINES.contains(media) ? NDJSON : JSON;
    }

    String says() {
        return switch (this) {
            case JSON -> "JSON";
            case NDJSON -> "NDJSON: each line is an item";
            case SSE -> "an event stream: each event is an item";
        };
    }

    /** What a request asks for; empty for whatever there is. */
    String accepted() {
        return switch (this) {
            case JSON -> "";
            case NDJSON -> "application/x-ndjson";
            case SSE -> "text/event-stream";
        };
    }
}
