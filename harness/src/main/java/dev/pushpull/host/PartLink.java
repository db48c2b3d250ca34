package dev.pushpull.host;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The lines between a run and one of its parts in another process. */
public interface PartLink extends AutoCloseable {
    /** The system's number for the process, or for what started it. */
    long pid();

    /**
     * Sends it a line.
     *
     * @throws IOException when it has ended
     */
    void send(String line) throws IOException;

    /**
     * Waits for its next line.
     *
     * @throws IOException when it has ended, or sends nothing for this long
     */
    String receive(Duration atMost) throws IOException, InterruptedException;

    /** Why it is no longer there, where that ends a run with what the others measured; empty while it is. */
    default Optional<String> lost() {
        return Optional.empty();
    }

    /** What its monotonic clock shows when this host's shows that. */
    default long thereNanos(long hereNanos) {
        return hereNanos;
    }

    /** Ends it, and waits until it is gone. */
    @Override
    void close();
}
