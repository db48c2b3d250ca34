package dev.pushpull.observe;

import dev.pushpull.scenario.ObservedPair;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.standalone.Fingerprint;
import dev.pushpull.standalone.Sighting;
import java.util.OptionalLong;

/** An item whose outcome is not certain yet. */
final class OpenItem {
    private final Fingerprint key;
    private final String id;
    private final String version;
    private OptionalLong sourceNanos = OptionalLong.empty();
    private OptionalLong pushedNanos = OptionalLong.empty();
    private OptionalLong polledNanos = OptionalLong.empty();
    private long lastSeenNanos;
    private long poll;
    private long duplicates;
    private long number;
    private boolean backlog;
    private boolean gone;
    private boolean forgotten;

    /**
     * Between which times an item can be called missed.
     *
     * @param fromNanos empty when it never was ready
     * @param untilNanos the end less the margin
     * @param lastCompleteBegunNanos when the last poll that was read to its end began; empty when none was
     */
    record Bounds(OptionalLong fromNanos, long untilNanos, OptionalLong lastCompleteBegunNanos) {
        private boolean hold(long nanos) {
            return fromNanos.isPresent() && nanos >= fromNanos.getAsLong() && nanos <= untilNanos;
        }
    }

    OpenItem(Fingerprint key, String id, String version) {
        this.key = key;
        this.id = id;
        this.version = version;
    }

    Fingerprint key() {
        return key;
    }

    String id() {
        return id;
    }

    OptionalLong sourceNanos() {
        return sourceNanos;
    }

    OptionalLong pushedNanos() {
        return pushedNanos;
    }

    OptionalLong polledNanos() {
        return polledNanos;
    }

    long lastSeenNanos() {
        return lastSeenNanos;
    }

    long poll() {
        return poll;
    }

    /** Its number among those that are watched; 0 when nobody watches. */
    long number() {
        return number;
    }

    void numbered(long given) {
        number = given;
    }

    /** How often it was pushed. */
    int pushes() {
        return (pushedNanos.isPresent() ? 1 : 0) + (int) duplicates;
    }

    boolean isBacklog() {
        return backlog;
    }

    boolean hasBoth() {
        return pushedNanos.isPresent() && polledNanos.isPresent();
    }

    boolean isGone() {
        return gone && polledNanos.isEmpty();
    }

    void seen(Sighting sighting) {
        lastSeenNanos = sighting.atNanos();
        sourceNanos = sourceNanos.isPresent() ? sourceNanos : sighting.sourceEpochNanos();
    }

    void polled(Sighting sighting, boolean isBacklog) {
        polledNanos = OptionalLong.of(sighting.atNanos());
        poll = sighting.poll();
        backlog = isBacklog && pushedNanos.isEmpty();
    }

    void pushed(Sighting sighting) {
        pushedNanos = OptionalLong.of(sighting.atNanos());
    }

    void duplicated() {
        duplicates++;
    }

    void gone() {
        gone = true;
    }

    /** It is decided; a list that still holds it may let it go. */
    void forgotten() {
        forgotten = true;
    }

    /** Whether a poll that began at this time could have shown it, or need not any more. */
    boolean isNotOnlyPushedAfter(long begunNanos) {
        return forgotten || polledNanos.isPresent() || pushedNanos.orElseThrow() < begunNanos;
    }

    Outcome outcome(Bounds bounds) {
        if (backlog) {
            return Outcome.BACKLOG;
        }
        if (hasBoth()) {
            return Outcome.BOTH;
        }
        if (polledNanos.isPresent()) {
            return bounds.hold(polledNanos.getAsLong()) ? Outcome.POLL_ONLY : Outcome.OPEN;
        }
        long pushed = pushedNanos.orElseThrow();
        boolean couldBePolled = bounds.lastCompleteBegunNanos().isPresent()
                && pushed < bounds.lastCompleteBegunNanos().getAsLong();
        if (!bounds.hold(pushed) || !couldBePolled) {
            return Outcome.OPEN;
        }
        return gone ? Outcome.GONE : Outcome.PUSH_ONLY;
    }

    /** @param epochOffsetNanos what makes times of sightings nanoseconds since 1970 */
    ObservedPair pair(Outcome outcome, long epochOffsetNanos) {
        return new ObservedPair(
                id,
                version,
                sourceNanos,
                since1970(pushedNanos, epochOffsetNanos),
                since1970(polledNanos, epochOffsetNanos),
                poll,
                duplicates,
                outcome);
    }

    private static OptionalLong since1970(OptionalLong nanos, long offsetNanos) {
        return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() + offsetNanos) : nanos;
    }
}
