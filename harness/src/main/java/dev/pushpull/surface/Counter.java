package dev.pushpull.surface;

import dev.pushpull.scenario.ModeTraits.Begins;

/**
 * What one side has counted of something that passes between the two, for the books: the other side has a counter of the
 * same account. Whoever pairs them knows the accounts by name alone.
 *
 * @param account what is counted
 * @param side whether this side has sent it or received it
 * @param item what it did: {@code served}, {@code read}
 * @param value how many there were
 * @param begins who begins the exchanges in which it passes
 * @param mostInAnAnswer how many of them pass in one answer at most
 * @param byConnection whether the server says of each connection how many were in its last answer; what a broken exchange
 *     lost is known then
 */
public record Counter(
        String account, Side side, String item, long value, Begins begins, long mostInAnAnswer, boolean byConnection) {
    /** Which way. */
    public enum Side {
        SENT,
        RECEIVED
    }
}
