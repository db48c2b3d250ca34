package dev.pushpull.schedule;

/** The poll times of one consumer, in nanoseconds from the start of the run. Not thread-safe. */
public interface PollTimes {
    /** When the next poll is due. */
    long dueNanos();

    /**
     * The poll that was due is over; moves on to the next one due after {@code completedNanos}.
     *
     * @param newEvents how many events the poll brought
     */
    void completed(long completedNanos, int newEvents);

    /** Ticks that fell while the poll due at {@link #dueNanos} was still out, of those before {@code beforeNanos}. */
    long skipped(long completedNanos, long beforeNanos);
}
