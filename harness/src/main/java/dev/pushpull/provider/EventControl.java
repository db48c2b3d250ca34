package dev.pushpull.provider;

import java.util.Map;

/** Starts and stops events, for those who drive the provider from another process. */
public interface EventControl {
    /** Events stop; starting them again begins with the first event. */
    void arm();

    /**
     * Starts the events.
     *
     * @throws IllegalStateException with one line when no more events can occur
     */
    void start();

    /** Stops the events for good. */
    void stop();

    /** Everything counted so far, by name. */
    Map<String, Object> books();
}
