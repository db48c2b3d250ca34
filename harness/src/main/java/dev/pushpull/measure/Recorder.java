// Over 300 lines: all threads of a trial report here. It only locks and hands on; other classes keep each count.
package dev.pushpull.measure;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.Place;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.measure.Timeline.Column;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Kind;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Records what happens in one mode's trial. All times are on the trial's {@link NanoClock}. Thread-safe; a call takes
 * well under a microsecond.
 */
public final class Recorder {
    /** How an event reached a consumer. */
    public enum Via {
        /** By one of the polls that a polling mode makes. */
        POLL,
        /** By a webhook. */
        PUSH,
        /** By a poll that finds what webhooks may have lost. */
        RECONCILIATION
    }

    private final DeliveryCounts deliveries;
    private final LatencyHistogram pollLateness = new LatencyHistogram();
    private final RoundTrips roundTrips = new RoundTrips();
    private final Timeline timeline = new Timeline();
    private final Batches batches;
    private final LatencyCourse course = new LatencyCourse();
    private final ExchangeCounts exchanges = new ExchangeCounts();
    private final Journal journal;
    private final IntFunction<String> streams;
    private final ArrivalTimes arrivals;

    private long startNanos;
    private long endNanos = Long.MAX_VALUE;
    private long skippedPolls;
    private long malformed;

    /** @param consumers number of consumers, numbered from 0 */
    public Recorder(int consumers) {
        this(consumers, 0, consumer -> "");
    }

    /**
     * @param followed keep a journal of this many consumers, the first ones
     * @param streams the stream of each consumer, by name
     */
    public Recorder(int consumers, int followed, IntFunction<String> streams) {
        this(consumers, followed, streams, Place.WHOLE);
    }

    /** @param place whose consumers are recorded here, of all of them */
    public Recorder(int consumers, int followed, IntFunction<String> streams, Place place) {
        this.arrivals = new ArrivalTimes(place);
        this.journal = new Journal(followed);
        this.streams = streams;
        deliveries = new DeliveryCounts(consumers);
        batches = new Batches(consumers);
    }

    /** Whose consumers are recorded here. */
    public Place place() {
        return arrivals.place();
    }

    /** The measured time begins. */
    public synchronized void start(long startNanos, long durationNanos) {
        this.startNanos = startNanos;
        this.endNanos = startNanos + durationNanos;
        batches.start(durationNanos);
        course.start(durationNanos);
    }

    /** The measured time ends earlier than planned: polls due from now on only close the run. */
    public synchronized void cutShort(long nanos) {
        endNanos = Math.min(endNanos, nanos);
    }

    /** When the measured time begins; not known before {@link #endNanos} is. */
    public synchronized long startNanos() {
        return startNanos;
    }

    /** When the measured time ends; the end of all time until it is known. */
    public synchronized long endNanos() {
        return endNanos;
    }

    /** An event occurred. */
    public synchronized void occurred(long intendedNanos) {
        timeline.add(Column.EVENTS, intendedNanos - startNanos, 1);
    }

    /**
     * The same for an event that has a name.
     *
     * @param begunNanos when the provider began to log it
     * @param followed whether a journal is kept of any of its consumers
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

    /** What happens from now on to so many consumers at most, the first ones, for somebody who watches. */
    public synchronized Tail watched(int consumers) {
        return journal.watched(consumers);
    }

    /** A webhook attempt is over; its bytes and time are counted by its {@link Flow}. */
    public synchronized void attempted(
            int consumer, long sequence, int attempt, long sentNanos, long doneNanos, Exchange exchange) {
        if (journal.follows(consumer)) {
            journal.attempted(consumer, streams.apply(consumer), sequence, attempt, sentNanos, doneNanos, exchange);
        }
    }

    /** The journal so far. */
    public synchronized List<JournalStep> journal(String mode) {
        return journal.steps(mode, startNanos);
    }

    /**
     * An event reached a consumer.
     *
     * @param occurredNanos when it should have occurred, on the provider's clock
     * @param heldNanos when the consumer held it
     * @return whether this consumer holds it for the first time
     */
    public synchronized boolean delivered(int consumer, long sequence, long occurredNanos, long heldNanos, Via via) {
        if (!deliveries.arrived(consumer, sequence, via)) {
            return false;
        }
        if (journal.follows(consumer)) {
            journal.happened(JournalStep.Step.RECEIVED, consumer, streams.apply(consumer), sequence, heldNanos);
        }
        timeline.add(Column.DELIVERIES, heldNanos - startNanos, 1);
        long intendedNanos = arrivals.hereNanos(occurredNanos);
        long latencyNanos = arrivals.latencyNanos(intendedNanos, heldNanos);
        if (latencyNanos < 0) {
            return true;
        }
        journal.delivered(latencyNanos);
        timeline.latency(heldNanos - startNanos, latencyNanos);
        batches.delivered(consumer, intendedNanos - startNanos, latencyNanos);
        course.delivered(intendedNanos - startNanos, latencyNanos);
        return true;
    }

    /** How much earlier than its event a delivery seemed to be held, by two clocks; 0 or less. */
    public synchronized long earliestNanos() {
        return arrivals.earliestNanos();
    }

    /** The receiver recognised a repetition before it read the message. */
    public synchronized void repeated(Via via) {
        deliveries.repeated(via);
    }

    /** The consumer has finished with an event; its time is the provider's. */
    public synchronized void processed(int consumer, long sequence, long occurredNanos, long doneNanos) {
        long intendedNanos = arrivals.hereNanos(occurredNanos);
        if (journal.follows(consumer)) {
            journal.happened(JournalStep.Step.PROCESSED, consumer, streams.apply(consumer), sequence, doneNanos);
        }
        arrivals.processed(intendedNanos, doneNanos);
    }

    /** A genuine message could not be read. */
    public synchronized void malformed() {
        malformed++;
    }

    /** Begins an exchange that was due at {@code dueNanos}. */
    public Flow begin(Kind kind, int consumer, long dueNanos) {
        return new Flow(this, kind, consumer, dueNanos);
    }

    synchronized void frame(Flow flow, boolean brings, long sentInAll, long receivedInAll, long atNanos) {
        boolean figure = !flow.setsUp && !closesOnly(flow) && (brings || atNanos < endNanos);
        KindCounts counts = exchanges.of(flow.kind);
        counts.frames += figure ? 1 : 0;
        count(flow, counts, sentInAll - flow.bytesSent, receivedInAll - flow.bytesReceived, atNanos, figure);
    }

    private void count(Flow flow, KindCounts counts, long sent, long received, long atNanos, boolean figure) {
        flow.bytesSent += sent;
        flow.bytesReceived += received;
        counts.bytesSent += sent;
        counts.bytesReceived += received;
        if (figure) {
            boolean toProvider = flow.kind.toProvider();
            timeline.bytes(atNanos - startNanos, toProvider ? sent : received, toProvider ? received : sent);
            batches.bytes(flow.consumer, atNanos - startNanos, sent + received);
        }
    }

    /** A poll after the measured time only looks for what was missed. */
    private boolean closesOnly(Flow flow) {
        return flow.closesOnly || flow.kind.toProvider() && !flow.setsUp && flow.dueNanos >= endNanos;
    }

    /** An exchange that lasts is open now. */
    synchronized void opened(Flow flow) {
        timeline.held(flow.openedNanos - startNanos, 1);
        journal.opened(flow);
    }

    synchronized void over(Flow flow, long sentNanos, long doneNanos, Exchange exchange) {
        Kind kind = flow.kind;
        boolean closesOnly = closesOnly(flow);
        boolean figure = !flow.setsUp && !closesOnly;
        long lastNanos = kind.lasts() ? doneNanos : flow.dueNanos;
        KindCounts counts = exchanges.of(kind);
        count(
                flow,
                counts,
                exchange.bytesSent() - flow.bytesSent,
                exchange.bytesReceived() - flow.bytesReceived,
                lastNanos,
                figure);
        counts.ended(exchange);
        if (flow.wasOpened()) { // one that the end of the run ended was held to the last
            timeline.held(doneNanos - startNanos, doneNanos < endNanos ? -1 : 0);
            journal.held(flow, startNanos, doneNanos, exchange);
        }
        if (journal.follows(flow.consumer) && kind.toProvider() && !kind.lasts() && !flow.setsUp) {
            journal.polled(flow.consumer, flow.newEvents, sentNanos, doneNanos, exchange.status(), exchange.error());
        }
        if (!figure) {
            counts.closing += closesOnly ? 1 : 0;
            counts.setUp += closesOnly ? 0 : 1;
            return;
        }
        long sinceStartNanos = flow.dueNanos - startNanos;
        counts.measured++;
        counts.again += flow.again ? 1 : 0;
        counts.occupiedNanos += doneNanos - sentNanos;
        counts.waitedNanos += sentNanos - flow.dueNanos;
        counts.heldNanos += flow.heldNanos(sentNanos, doneNanos, startNanos, endNanos);
        timeline.add(Column.REQUESTS, sinceStartNanos, 1);
        batches.request(flow.consumer, sinceStartNanos);
        if (!kind.lasts()) {
            roundTrips.record(kind, doneNanos - sentNanos);
        }
        if (kind.mayBeEmpty()) {
            boolean empty = flow.newEvents == 0;
            counts.empty += empty ? 1 : 0;
            pollLateness.record(Math.max(0, sentNanos - flow.dueNanos));
            batches.poll(flow.consumer, sinceStartNanos, empty);
            timeline.add(Column.EMPTY, sinceStartNanos, empty ? 1 : 0);
        }
    }

    /** Polls were skipped because the one before was still on its way. */
    public synchronized void skipped(long polls) {
        skippedPolls += polls;
    }

    /** First arrivals so far. */
    public synchronized long deliveredSoFar() {
        return deliveries.delivered;
    }

    /** Polls and attempts so far. */
    public synchronized long requestsSoFar() {
        return exchanges.measured();
    }

    /** Polls so far that brought nothing. */
    public synchronized long emptySoFar() {
        return exchanges.empty();
    }

    /** The sequences that a consumer still lacks of the first {@code last} events of its stream. */
    public synchronized List<Long> missing(int consumer, long last) {
        return deliveries.missing(consumer, last);
    }

    /** Everything recorded so far. */
    public synchronized Recording record() {
        return new Recording(
                deliveries.delivered,
                deliveries.duplicates,
                deliveries.reconfirmed,
                deliveries.outOfOrder,
                arrivals.negative(),
                malformed,
                skippedPolls,
                exchanges.copy(),
                arrivals.latency(),
                arrivals.processed(),
                pollLateness.distribution(),
                roundTrips.distributions(),
                timeline.latencies(),
                timeline.seconds(),
                batches.copy(),
                course.copy());
    }
}
