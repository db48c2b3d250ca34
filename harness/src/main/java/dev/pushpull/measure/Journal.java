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
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> eventIds = new HashMap<>();

    /** @param stream empty for a step that belongs to no event */
    private record Entry(
            Step step,
            int consumer,
            String stream,
            long sequence,
            int number,
            long fromNanos,
            long untilNanos,
            int status,
            String detail) {}

    /** @param consumers how many are followed, the first ones */
    Journal(int consumers) {
        this.consumers = consumers;
    }

    boolean follows(int consumer) {
        return consumer < consumers;
    }

    void occurred(String stream, long sequence, String eventId, long intendedNanos, long begunNanos) {
        eventIds.put(key(stream, sequence), eventId);
        entries.add(new Entry(Step.OCCURRED, -1, stream, sequence, 0, intendedNanos, begunNanos, 0, stream));
    }

    void happened(Step step, int consumer, String stream, long sequence, long nanos) {
        entries.add(new Entry(step, consumer, stream, sequence, 0, nanos, nanos, 0, ""));
    }

    void attempted(
            int consumer,
            String stream,
            long sequence,
            int attempt,
            long sentNanos,
            long doneNanos,
            Exchange exchange) {
        entries.add(new Entry(
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
        entries.add(new Entry(Step.POLL, consumer, "", 0, newEvents, sentNanos, doneNanos, status, error));
    }

    /** Nothing of a connection that had ended before the measured time began. */
    void held(Flow flow, long startNanos, long endedNanos, Exchange exchange) {
        if (follows(flow.consumer) && endedNanos >= startNanos) {
            entries.add(new Entry(
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
        for (Entry entry : entries) {
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
