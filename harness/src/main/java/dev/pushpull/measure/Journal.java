package dev.pushpull.measure;

import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to each event, step by step, so that a reader can follow one. Of many consumers only the first few are
 * followed, but those completely. Not thread-safe.
 */
final class Journal {
    private final int consumers;
    private final List<Happened> entries = new ArrayList<>();
    private final Map<String, String> eventIds = new HashMap<>();

    /** Null while nobody watches. */
    private volatile Tail tail;

    /** @param consumers how many are followed, the first ones */
    Journal(int consumers) {
        this.consumers = consumers;
    }

    boolean follows(int consumer) {
        Tail watched = tail;
        return consumer < consumers || watched != null && consumer < watched.consumers();
    }

    /** From now on also tells what happens to so many consumers: of those that are followed, if any are. */
    Tail watched(int most) {
        tail = new Tail(consumers == 0 ? most : Math.min(most, consumers));
        return tail;
    }

    private void add(Happened step) {
        Tail watched = tail;
        if (watched != null && step.consumer() < watched.consumers()) {
            watched.add(step);
        }
        if (consumers > 0) {
            entries.add(step);
        }
    }

    /** An event reached a consumer, followed or not. */
    void delivered(long latencyNanos) {
        Tail watched = tail;
        if (watched != null) {
            watched.delivered(latencyNanos);
        }
    }

    /** A connection is open from now on; it is an entry once it has ended. */
    void opened(Flow flow) {
        Tail watched = tail;
        if (watched != null && flow.consumer < watched.consumers()) {
            watched.add(new Happened(Step.HELD, flow.consumer, "", 0, 0, flow.openedNanos, Long.MIN_VALUE, 0, ""));
        }
    }

    void occurred(String stream, long sequence, String eventId, long intendedNanos, long begunNanos) {
        if (consumers > 0) {
            eventIds.put(key(stream, sequence), eventId);
        }
        add(new Happened(Step.OCCURRED, -1, stream, sequence, 0, intendedNanos, begunNanos, 0, stream));
    }

    void happened(Step step, int consumer, String stream, long sequence, long nanos) {
        add(new Happened(step, consumer, stream, sequence, 0, nanos, nanos, 0, ""));
    }

    void attempted(
            int consumer,
            String stream,
            long sequence,
            int attempt,
            long sentNanos,
            long doneNanos,
            Exchange exchange) {
        add(new Happened(
                Step.ATTEMPT,
                consumer,
                stream,
                sequence,
                attempt,
                sentNanos,
                doneNanos,
                exchange.status(),
                exchange.error()));
    }

    void polled(int consumer, int newEvents, long sentNanos, long doneNanos, int status, String error) {
        add(new Happened(Step.POLL, consumer, "", 0, newEvents, sentNanos, doneNanos, status, error));
    }

    /** Nothing of a connection that had ended before the measured time began. */
    void held(Flow flow, long startNanos, long endedNanos, Exchange exchange) {
        if (follows(flow.consumer) && endedNanos >= startNanos) {
            add(new Happened(
                    Step.HELD,
                    flow.consumer,
                    "",
                    0,
                    flow.newEvents,
                    flow.openedNanos,
                    endedNanos,
                    exchange.status(),
                    exchange.error()));
        }
    }

    /** All steps, in the order in which they were recorded. */
    List<JournalStep> steps(String mode, long startNanos) {
        List<JournalStep> steps = new ArrayList<>(entries.size());
        for (Happened entry : entries) {
            String id = eventIds.getOrDefault(key(entry.stream(), entry.sequence()), "");
            steps.add(new JournalStep(
                    mode,
                    entry.consumer(),
                    id,
                    entry.sequence(),
                    entry.step(),
                    entry.number(),
                    entry.fromNanos() - startNanos,
                    entry.untilNanos() - startNanos,
                    entry.status(),
                    entry.detail()));
        }
        return steps;
    }

    private static String key(String stream, long sequence) {
        return stream + "/" + sequence;
    }
}
