package dev.pushpull.standalone;

/** How a poll ended. */
public enum PollEnding {
    /** All its pages were read. */
    READ,
    /** The answer said that nothing has changed. */
    UNCHANGED,
    /** A rate limit was exceeded. */
    LIMITED,
    /** An answer did not arrive or could not be read. */
    FAILED,
    /** The poller was told to end. */
    BROKEN_OFF;

    /** Whether its pages were read to their end, or the other side said that nothing has changed. */
    public boolean read() {
        return this == READ || this == UNCHANGED;
    }
}
