package dev.pushpull.measure;

import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Outcome.LatencySecond;
import dev.pushpull.scenario.TimelineSecond;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Records what happens in one mode's trial. All times are of the trial's {@link NanoClock}. Thread-safe; a call takes
 * well under a microsecond.
 */
public final class Recorder {
    /** How an event reached a consumer. */
    public enum Via {
        /** By a poll that is the mode's way. */
        POLL,
        /** By a webhook. */
        PUSH,
        /** By a poll that looks after what webhooks may have lost. */
        RECONCILIATION
    }

    /** What a request was for. */
    public enum Purpose {
        /** A GET for new events. */
        POLL,
        /** A further page of the same poll. */
        PAGE,
        /** A webhook POST. */
        ATTEMPT,
        /** A poll that was still held at the provider when the run was over, and was answered to end it. */
        RELEASED,
        /** Subscriptions, clock readings: before the measured time. */
        SETUP
    }

    private final ArrivalTracker[] trackers;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LatencyHistogram processed = new LatencyHistogram();
    private final LatencyHistogram pollLateness = new LatencyHistogram();
    private final LatencyHistogram pollRoundTrip = new LatencyHistogram();
    private final LatencyHistogram attemptRoundTrip = new LatencyHistogram();
    private final LatencyHistogram currentSecond = new LatencyHistogram();
    private final List<LatencySecond> seconds = new ArrayList<>();
    private final List<long[]> timeline = new ArrayList<>();
    private final Batches batches;
    private final RequestCounts counts = new RequestCounts();
    private final Journal journal;
    private final IntFunction<String> streams;

    private long startNanos;
    private long endNanos = Long.MAX_VALUE;
    private long second;
    private long delivered;
    private long duplicates;
    private long reconfirmed;
    private long outOfOrder;
    private long negativeLatencies;
    private long skippedPolls;
    private long malformed;

    /** Columns of the timeline's rows. */
    private enum Column {
        EVENTS,
        DELIVERIES,
        REQUESTS,
        EMPTY,
        TO_PROVIDER,
        TO_CONSUMER
    }

    /** @param consumers how many there are, numbered from 0 */
    public Recorder(int consumers) {
        this(consumers, 0, consumer -> "");
    }

    /**
     * @param consumers how many there are, numbered from 0
     * @param followed of the first so many a journal is kept
     * @param streams the stream of each consumer, by name
     */
    public Recorder(int consumers, int followed, IntFunction<String> streams) {
        this.journal = new Journal(followed);
        this.streams = streams;
        trackers = new ArrivalTracker[consumers];
        Arrays.setAll(trackers, consumer -> new ArrivalTracker());
        batches = new Batches(consumers);
    }

    /** The measured time begins. */
    public synchronized void start(long startNanos, long durationNanos) {
        this.startNanos = startNanos;
        this.endNanos = startNanos + durationNanos;
        batches.start(durationNanos);
    }

    /** The measured time ends earlier than planned: polls due from now on only close the run. */
    public synchronized void cutShort(long nanos) {
        endNanos = Math.min(endNanos, nanos);
    }

    /** When the measured time ends. */
    public synchronized long endNanos() {
        return endNanos;
    }

    /** An event occurred. */
    public synchronized void occurred(long intendedNanos) {
        row(intendedNanos)[Column.EVENTS.ordinal()]++;
    }

    /**
     * The same, of an event that can be named.
     *
     * @param begunNanos when the provider began to log it
     * @param followed whether any of its consumers is followed
     */
    public synchronized void occurred(
            long intendedNanos, String stream, long sequence, String eventId, long begunNanos, boolean followed) {
        occurred(intendedNanos);
        if (followed) {
            journal.occurred(stream, sequence, eventId, intendedNanos, begunNanos);
        }
    }

    /** Whether a journal is kept of this consumer. */
    public boolean follows(int consumer) {
        return journal.follows(consumer);
    }

    /** A webhook attempt is over; its bytes and time are counted by {@link #request}. */
    public synchronized void attempted(
            int consumer, long sequence, int attempt, long sentNanos, long doneNanos, Exchange exchange) {
        if (journal.follows(consumer)) {
            journal.attempted(
                    consumer,
                    streams.apply(consumer),
                    sequence,
                    attempt,
                    sentNanos,
                    doneNanos,
                    exchange.status(),
                    exchange.error());
        }
    }

    /** The journal so far. */
    public synchronized List<JournalStep> journal(String mode) {
        return journal.steps(mode, startNanos);
    }

    /**
     * An event reached a consumer.
     *
     * @param intendedNanos when it was to occur
     * @param heldNanos when the consumer held it
     * @return whether this consumer holds it for the first time
     */
    public synchronized boolean delivered(int consumer, long sequence, long intendedNanos, long heldNanos, Via via) {
        ArrivalTracker.Arrival arrival = trackers[consumer].arrived(sequence);
        if (arrival == ArrivalTracker.Arrival.REPEATED) {
            repeated(via);
            return false;
        }
        delivered++;
        if (journal.follows(consumer)) {
            journal.happened(JournalStep.Step.RECEIVED, consumer, streams.apply(consumer), sequence, heldNanos);
        }
        if (arrival == ArrivalTracker.Arrival.OUT_OF_ORDER) {
            outOfOrder++;
        }
        row(heldNanos)[Column.DELIVERIES.ordinal()]++;
        long latencyNanos = heldNanos - intendedNanos;
        if (latencyNanos < 0) { // a defect of the measurement: the run is invalid, nothing is clamped
            negativeLatencies++;
            return true;
        }
        latency.record(latencyNanos);
        recordInSecond(heldNanos, latencyNanos);
        batches.delivered(consumer, intendedNanos - startNanos, latencyNanos);
        return true;
    }

    /** The receiver recognised a repetition before looking into it. */
    public synchronized void repeated(Via via) {
        if (via == Via.RECONCILIATION) {
            reconfirmed++;
        } else {
            duplicates++;
        }
    }

    /** The consumer has finished with an event. */
    public synchronized void processed(int consumer, long sequence, long intendedNanos, long doneNanos) {
        if (journal.follows(consumer)) {
            journal.happened(JournalStep.Step.PROCESSED, consumer, streams.apply(consumer), sequence, doneNanos);
        }
        if (doneNanos >= intendedNanos) {
            processed.record(doneNanos - intendedNanos);
        }
    }

    /** Something genuine could not be read. */
    public synchronized void malformed() {
        malformed++;
    }

    /**
     * A request is over.
     *
     * @param dueNanos when it was to be sent
     * @param sentNanos when it was sent
     * @param newEvents what it brought for the first time; of no meaning for attempts
     * @param toProvider whether it went from consumer to provider
     */
    public synchronized void request(
            Purpose purpose,
            int consumer,
            long dueNanos,
            long sentNanos,
            long doneNanos,
            int newEvents,
            Exchange exchange,
            boolean toProvider) {
        boolean setUp = purpose == Purpose.SETUP;
        boolean asked = purpose == Purpose.POLL || purpose == Purpose.PAGE;
        boolean closesOnly = purpose == Purpose.RELEASED || asked && dueNanos >= endNanos;
        counts.add(purpose, closesOnly, newEvents, exchange);
        if (journal.follows(consumer) && (asked || purpose == Purpose.RELEASED)) {
            journal.polled(consumer, newEvents, sentNanos, doneNanos, exchange.status(), exchange.error());
        }
        if (setUp || closesOnly) {
            return;
        }
        long[] row = row(dueNanos);
        row[Column.REQUESTS.ordinal()]++;
        row[(toProvider ? Column.TO_PROVIDER : Column.TO_CONSUMER).ordinal()] += exchange.bytesSent();
        row[(toProvider ? Column.TO_CONSUMER : Column.TO_PROVIDER).ordinal()] += exchange.bytesReceived();
        (asked ? pollRoundTrip : attemptRoundTrip).record(Math.max(0, doneNanos - sentNanos));
        batches.request(consumer, dueNanos - startNanos, exchange.bytesSent() + exchange.bytesReceived());
        if (purpose == Purpose.POLL) {
            pollLateness.record(Math.max(0, sentNanos - dueNanos));
            batches.poll(consumer, dueNanos - startNanos, newEvents == 0);
            if (newEvents == 0) {
                row[Column.EMPTY.ordinal()]++;
            }
        }
    }

    /** Ticks were passed over because the poll before was still out. */
    public synchronized void skipped(long polls) {
        skippedPolls += polls;
    }

    private void recordInSecond(long heldNanos, long latencyNanos) {
        long held = secondOf(heldNanos);
        if (held != second && currentSecond.count() > 0) {
            seconds.add(new LatencySecond(second, currentSecond.distribution().compact()));
            currentSecond.reset();
        }
        second = Math.max(second, held);
        currentSecond.record(latencyNanos);
    }

    private long secondOf(long nanos) {
        return Math.max(0, nanos - startNanos) / 1_000_000_000L;
    }

    private long[] row(long nanos) {
        int index = (int) secondOf(nanos);
        while (timeline.size() <= index) {
            timeline.add(new long[Column.values().length]);
        }
        return timeline.get(index);
    }

    /** First arrivals so far. */
    public synchronized long deliveredSoFar() {
        return delivered;
    }

    /** Polls and attempts so far. */
    public synchronized long requestsSoFar() {
        return counts.measured();
    }

    /** What a consumer still lacks of the first {@code last} events of its stream. */
    public synchronized List<Long> missing(int consumer, long last) {
        return trackers[consumer].missing(last);
    }

    /** Everything taken down so far. */
    public synchronized Record record() {
        List<LatencySecond> allSeconds = new ArrayList<>(seconds);
        if (currentSecond.count() > 0) {
            allSeconds.add(
                    new LatencySecond(second, currentSecond.distribution().compact()));
        }
        List<TimelineSecond> rows = new ArrayList<>();
        for (int i = 0; i < timeline.size(); i++) {
            long[] row = timeline.get(i);
            rows.add(new TimelineSecond(i, row[0], row[1], row[2], row[3], row[4], row[5]));
        }
        return new Record(
                delivered,
                duplicates,
                reconfirmed,
                outOfOrder,
                negativeLatencies,
                malformed,
                skippedPolls,
                counts.copy(),
                latency.distribution(),
                processed.distribution(),
                pollLateness.distribution(),
                pollRoundTrip.distribution(),
                attemptRoundTrip.distribution(),
                allSeconds,
                rows,
                batches.copy());
    }

    /** A snapshot of a recorder; the components carry the names and meanings of {@code Outcome} and its counts. */
    public record Record(
            long delivered,
            long duplicates,
            long reconfirmed,
            long outOfOrder,
            long negativeLatencies,
            long malformed,
            long skippedPolls,
            RequestCounts requests,
            Distribution latency,
            Distribution processed,
            Distribution pollLateness,
            Distribution pollRoundTrip,
            Distribution attemptRoundTrip,
            List<LatencySecond> latencyBySecond,
            List<TimelineSecond> timeline,
            Batches batches) {
        /** What two have taken down of one trial, each on its side. */
        public Record plus(Record other) {
            List<LatencySecond> seconds = new ArrayList<>(latencyBySecond);
            seconds.addAll(other.latencyBySecond);
            return new Record(
                    delivered + other.delivered,
                    duplicates + other.duplicates,
                    reconfirmed + other.reconfirmed,
                    outOfOrder + other.outOfOrder,
                    negativeLatencies + other.negativeLatencies,
                    malformed + other.malformed,
                    skippedPolls + other.skippedPolls,
                    requests.plus(other.requests),
                    latency.plus(other.latency),
                    processed.plus(other.processed),
                    pollLateness.plus(other.pollLateness),
                    pollRoundTrip.plus(other.pollRoundTrip),
                    attemptRoundTrip.plus(other.attemptRoundTrip),
                    seconds,
                    TimelineSecond.added(timeline, other.timeline),
                    batches.plus(other.batches));
        }

        /** Of all requests. */
        public Distribution roundTrip() {
            return pollRoundTrip.plus(attemptRoundTrip);
        }
    }
}
