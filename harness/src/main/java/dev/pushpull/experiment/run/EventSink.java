package dev.pushpull.experiment.run;

import dev.pushpull.event.EventDraft;

/** Where an {@link EventPump} makes events occur. Called only by the pump's thread. */
@FunctionalInterface
public interface EventSink {
    /**
     * An event occurs.
     *
     * @param intendedNanos when it should have occurred, on the monotonic clock
     * @throws java.util.concurrent.CompletionException when this event, or one before it, failed to occur
     */
    void occur(EventDraft draft, int stream, long intendedNanos);

    /** The pump's thread has spent this much CPU time here. */
    default void lend(long cpuNanos) {
        // by default nobody accounts for it
    }
}
