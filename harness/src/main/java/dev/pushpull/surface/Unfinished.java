package dev.pushpull.surface;

/**
 * A delivery that was not acknowledged.
 *
 * @param url the endpoint
 * @param reason why, as a {@code MissReason} has it
 */
public record Unfinished(String url, String stream, long sequence, String reason) {}
