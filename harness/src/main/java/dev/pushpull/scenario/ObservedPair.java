package dev.pushpull.scenario;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One item of a system that was polled and sent webhooks at the same time. All times are nanoseconds since 1970, by one
 * clock of this host except for the source's own.
 *
 * @param id as the other side wrote it; must be made safe before printing
 * @param version such as its state; may be empty
 * @param sourceNanos the time that the item itself tells
 * @param pushedNanos when the first webhook with it was received
 * @param polledNanos when it was first read by a poll
 * @param poll the number of that poll; 0 when none read it
 * @param duplicates webhooks with it after the first
 */
public record ObservedPair(
        String id,
        String version,
        OptionalLong sourceNanos,
        OptionalLong pushedNanos,
        OptionalLong polledNanos,
        long poll,
        long duplicates,
        Outcome outcome) {
    /** What is known of an item in the end. */
    public enum Outcome {
        /** Both ways brought it. */
        BOTH("both"),
        /** A poll that could have read it was made, and none did. */
        PUSH_ONLY("push only"),
        /** A poll read it, and no webhook came. */
        POLL_ONLY("poll only"),
        /** It was pushed, and the first complete poll begun after that, which showed the whole list, had it no more. */
        GONE("gone before polled"),
        /** It was in the list before the measurement began. */
        BACKLOG("backlog"),
        /** It was seen so close to either end that the other way may have brought it when nobody looked. */
        OPEN("open");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** As in {@code pairs.csv}. */
        public String text() {
            return text;
        }
    }

    /** How much sooner the push was than the poll, which may be negative; empty unless both brought it. */
    public OptionalDouble soonerMillis() {
        return pushedNanos.isPresent() && polledNanos.isPresent() && outcome == Outcome.BOTH
                ? OptionalDouble.of((polledNanos.getAsLong() - pushedNanos.getAsLong()) / 1e6)
                : OptionalDouble.empty();
    }
}
