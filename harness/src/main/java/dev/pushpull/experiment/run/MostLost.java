package dev.pushpull.experiment.run;

import dev.pushpull.scenario.Scenario;

/**
 * The most that cut off or timed out exchanges can lose, for when it is not known what passed over their connections:
 * behind a relay, the two ends know a connection by different ports. The client has counted what it sent. What the
 * server sent cannot be told apart from the rest, but it was at most one answer.
 */
record MostLost(Scenario scenario) {
    /** The head of an answer or a request, and the frame of a page. */
    private static final long HEAD_BYTES = 8 << 10;

    /** A handshake, tickets, and what encryption adds to an answer's records. */
    private static final long TLS_BYTES = 16 << 10;

    /** An event without its data. */
    private static final long EVENT_FRAME_BYTES = 512;

    private long headBytes() {
        return HEAD_BYTES + (scenario.wire().tls() ? TLS_BYTES : 0);
    }

    private long eventBytes() {
        return scenario.events().payloadBytes() + EVENT_FRAME_BYTES;
    }

    /**
     * The most bytes of answers that can be lost.
     *
     * @param mostEvents in an answer
     */
    long answerBytes(long broken, long mostEvents) {
        long answer = headBytes() + mostEvents * eventBytes();
        return broken * (scenario.wire().tls() ? answer + answer / 100 : answer);
    }

    /** The most bytes that can be lost of events sent twice: the first copy may be gone. */
    long resentBytes(long resent) {
        return resent * (headBytes() + eventBytes());
    }
}
