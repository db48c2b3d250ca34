package dev.pushpull.schedule;

/** The event times of one stream, in order. */
@FunctionalInterface
public interface ArrivalTimes {
    /** Returned when there are no more events. */
    long NONE = Long.MAX_VALUE;

    /**
     * Nanoseconds from the start of the run to the next event, never less than the previous one; {@link #NONE} at the
     * end.
     */
    long nextNanos();
}
