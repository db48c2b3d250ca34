package dev.pushpull.experiment.run;

import dev.pushpull.event.EventDraft;

/** Where an {@link EventPump} lets events occur. Called by the pump's thread alone. */
@FunctionalInterface
public interface EventSink {
    /**
     * An event occurs.
     *
     * @param intendedNanos when it was to occur, on the monotonic clock
     * @throws java.util.concurrent.CompletionException when it, or one before it, could not
     */
    void occur(EventDraft draft, int stream, long intendedNanos);

    /** The pump's thread has spent so much more CPU time here. */
    default void lend(long cpuNanos) {
        // nobody keeps account of it
    }
}
