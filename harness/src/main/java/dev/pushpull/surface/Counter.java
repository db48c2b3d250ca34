package dev.pushpull.surface;

import dev.pushpull.scenario.ModeTraits.Begins;

/**
 * One side's count of something that passes between provider and consumer. The other side has a counter with the same
 * account name, and the two are paired by that name alone.
 *
 * @param account what is counted
 * @param side whether this side sent it or received it
 * @param item what this side did: {@code served}, {@code read}
 * @param value how many there were
 * @param begins the side that begins the exchanges in which it passes
 * @param mostInAnAnswer at most this many pass in one answer
 * @param byConnection whether the server knows, for each connection, how many were in its last answer; then the loss of
 *     a broken exchange is known
 */
public record Counter(
        String account, Side side, String item, long value, Begins begins, long mostInAnAnswer, boolean byConnection) {
    /** The direction. */
    public enum Side {
        SENT,
        RECEIVED
    }
}
