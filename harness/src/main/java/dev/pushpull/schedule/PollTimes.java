package dev.pushpull.schedule;

/** The poll times of one consumer, in nanoseconds from the start of the run. Not thread-safe. */
public interface PollTimes {
    /** When the next poll is due. */
    long dueNanos();

    /**
     * The poll that was due is over; advances to the next one due after {@code completedNanos}.
     *
     * @param newEvents how many events the poll brought
     */
    void completed(long completedNanos, int newEvents);

    /**
     * Polls due before {@code beforeNanos} that were skipped because the one due at {@link #dueNanos} was unfinished.
     */
    long skipped(long completedNanos, long beforeNanos);
}
