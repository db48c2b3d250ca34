package dev.pushpull.experiment.run;

import dev.pushpull.scenario.Scenario;

/**
 * The most that exchanges can lose which were cut off or timed out, where it is not known what went over their very
 * connections: with a relay in between, the two ends know them by different ports. What a client sent of one it has
 * counted. What a server sent of one nobody can tell from the rest, but it was one answer.
 */
record MostLost(Scenario scenario) {
    /** Head of an answer, or of a request, and the frame of a page. */
    private static final long HEAD_BYTES = 8 << 10;

    /** A handshake, tickets, what encryption adds to an answer's records. */
    private static final long TLS_BYTES = 16 << 10;

    /** What stands in an event besides its data. */
    private static final long EVENT_FRAME_BYTES = 512;

    private long headBytes() {
        return HEAD_BYTES + (scenario.wire().tls() ? TLS_BYTES : 0);
    }

    private long eventBytes() {
        return scenario.events().payloadBytes() + EVENT_FRAME_BYTES;
    }

    /**
     * Of answers.
     *
     * @param mostEvents in an answer
     */
    long answerBytes(long broken, long mostEvents) {
        long answer = headBytes() + mostEvents * eventBytes();
        return broken * (scenario.wire().tls() ? answer + answer / 100 : answer);
    }

    /** Of events that were sent once more: the first one may have been lost. */
    long resentBytes(long resent) {
        return resent * (headBytes() + eventBytes());
    }
}
