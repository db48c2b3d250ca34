package dev.pushpull.surface;

/**
 * A delivery that was not acknowledged.
 *
 * @param url the endpoint
 * @param reason the text of a {@code MissReason}
 */
public record Unfinished(String url, String stream, long sequence, String reason) {}
