package dev.pushpull.provider;

import java.util.Map;

/** Who lets events occur, for those who drive the provider from another process. */
public interface EventControl {
    /** Events stop, and begin anew from their first when they are started. */
    void arm();

    /**
     * Events occur.
     *
     * @throws IllegalStateException with one line when they cannot any more
     */
    void start();

    /** Events stop for good. */
    void stop();

    /** What was counted so far, by name. */
    Map<String, Object> books();
}
