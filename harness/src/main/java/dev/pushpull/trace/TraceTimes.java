package dev.pushpull.trace;

import java.util.List;

/**
 * What was read.
 *
 * @param epochNanos in order, at least one
 * @param decision what was decided about the file, in one line, such as {@code column created_at, 40,113 times, UTC}
 * @param warnings reasons to look twice
 */
public record TraceTimes(long[] epochNanos, String decision, List<String> warnings) {}
