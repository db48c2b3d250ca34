package dev.pushpull.standalone;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.measure.Happened;
import dev.pushpull.measure.Tail;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.JournalStep.Step;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a provider does by itself, for somebody who watches it. It knows its consumers by their streams, and where all
 * share one, by their endpoints; what they do with an event it learns from their answers. Thread-safe.
 */
final class ServedTail implements AttemptListener {
    private final AttemptListener other;
    private final boolean shared;
    private final long epochOffsetNanos;
    private final Map<String, Integer> consumers = new LinkedHashMap<>();
    private Tail tail;

    /**
     * @param shared whether all consumers follow one stream
     * @param epochOffsetNanos from the monotonic clock to the time of day
     */
    ServedTail(AttemptListener other, boolean shared, long epochOffsetNanos) {
        this.other = other;
        this.epochOffsetNanos = epochOffsetNanos;
        this.shared = shared;
    }

    /** From now on it tells what happens to so many consumers, the first that it sees. */
    synchronized Tail watched(int most) {
        tail = new Tail(most);
        return tail;
    }

    /** The number of a consumer; one too many for those that nobody watches. */
    private int number(String name) {
        Integer known = consumers.get(name);
        if (known == null && consumers.size() < tail.consumers()) {
            known = consumers.size();
            consumers.put(name, known);
        }
        return known == null ? tail.consumers() : known;
    }

    private String stream(StoredEvent event) {
        return shared ? "" : "c" + number(event.event().stream());
    }

    synchronized void occurred(StoredEvent event, long intendedNanos) {
        if (tail != null && (shared || number(event.event().stream()) < tail.consumers())) {
            tail.add(new Happened(
                    Step.OCCURRED,
                    -1,
                    stream(event),
                    event.event().sequence(),
                    0,
                    intendedNanos,
                    intendedNanos,
                    0,
                    ""));
        }
    }

    @Override
    public void attempted(String url, long dueNanos, long sentNanos, long doneNanos, Exchange exchange) {
        other.attempted(url, dueNanos, sentNanos, doneNanos, exchange);
    }

    @Override
    public void attempted(
            String url,
            StoredEvent event,
            int attempt,
            long dueNanos,
            long sentNanos,
            long doneNanos,
            Exchange exchange) {
        other.attempted(url, event, attempt, dueNanos, sentNanos, doneNanos, exchange);
        tell(url, event, attempt, sentNanos, doneNanos, exchange);
    }

    private synchronized void tell(
            String url, StoredEvent event, int attempt, long sentNanos, long doneNanos, Exchange exchange) {
        if (tail == null) {
            return;
        }
        int consumer = number(shared ? url : event.event().stream());
        if (consumer < tail.consumers()) {
            long sequence = event.event().sequence();
            String stream = stream(event);
            tail.add(new Happened(
                    Step.ATTEMPT,
                    consumer,
                    stream,
                    sequence,
                    attempt,
                    sentNanos,
                    doneNanos,
                    exchange.status(),
                    exchange.error()));
            if (exchange.successful()) {
                tail.add(new Happened(Step.RECEIVED, consumer, stream, sequence, 0, doneNanos, doneNanos, 0, ""));
                long tookNanos = doneNanos + epochOffsetNanos - event.event().occurredAtEpochNanos();
                if (tookNanos >= 0) { // those who post events may date them as they like
                    tail.delivered(tookNanos);
                }
            }
        }
    }
}
