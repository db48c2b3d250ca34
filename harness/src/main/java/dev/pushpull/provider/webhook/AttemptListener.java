package dev.pushpull.provider.webhook;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.util.List;

/** Notified of every webhook attempt when it is over, on the thread that made it. */
@FunctionalInterface
public interface AttemptListener {
    /** A listener that ignores everything. */
    AttemptListener NONE = (url, dueNanos, sentNanos, doneNanos, exchange) -> {};

    /**
     * @param url the endpoint
     * @param dueNanos when the attempt should have started: the event's intended time for the first, the retry's later
     */
    void attempted(String url, long dueNanos, long sentNanos, long doneNanos, Exchange exchange);

    /**
     * The same, with the event that was sent.
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

    /** The same with the events of a batch; called for one event, too. */
    default void attempted(
            String url,
            List<StoredEvent> events,
            int attempt,
            long dueNanos,
            long sentNanos,
            long doneNanos,
            Exchange exchange) {
        attempted(url, events.get(0), attempt, dueNanos, sentNanos, doneNanos, exchange);
    }
}
