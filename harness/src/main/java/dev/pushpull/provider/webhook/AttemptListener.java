package dev.pushpull.provider.webhook;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.MeteredHttpClient.Exchange;

/** Learns of every webhook attempt when it is over; called on the thread that made it. */
@FunctionalInterface
public interface AttemptListener {
    /** Nobody listens. */
    AttemptListener NONE = (url, dueNanos, sentNanos, doneNanos, exchange) -> {};

    /**
     * @param url the endpoint
     * @param dueNanos when the attempt was to start: the event's intended time for the first, later the retry's
     */
    void attempted(String url, long dueNanos, long sentNanos, long doneNanos, Exchange exchange);

    /**
     * The same with the event it carried.
     *
     * @param attempt 1 for the first
     */
    default void attempted(
            String url,
            StoredEvent event,
            int attempt,
            long dueNanos,
            long sentNanos,
            long doneNanos,
            Exchange exchange) {
        attempted(url, dueNanos, sentNanos, doneNanos, exchange);
    }
}
