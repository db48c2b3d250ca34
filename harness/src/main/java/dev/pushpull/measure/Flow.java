package dev.pushpull.measure;

import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Kind;

/**
 * One exchange from beginning to end: a poll that takes a millisecond, or a stream that lives for minutes. It counts as
 * one request whenever it ends, and its bytes count when they pass. Used by one thread at a time.
 */
public final class Flow {
    private static final long NOT_OPENED = Long.MIN_VALUE;

    private final Recorder recorder;
    final Kind kind;
    final int consumer;
    final long dueNanos;
    long bytesSent;
    long bytesReceived;
    int newEvents;
    long openedNanos = NOT_OPENED;
    boolean again;
    boolean setsUp;
    boolean closesOnly;

    Flow(Recorder recorder, Kind kind, int consumer, long dueNanos) {
        this.recorder = recorder;
        this.kind = kind;
        this.consumer = consumer;
        this.dueNanos = dueNanos;
        this.setsUp = kind.setsUp();
    }

    /**
     * Records bytes that passed while the exchange goes on.
     *
     * @param sentInAll bytes sent by the side that began it, since its beginning
     * @param receivedInAll bytes that side received, since its beginning
     * @param atNanos when they passed
     */
    public void bytes(long sentInAll, long receivedInAll, long atNanos) {
        frame(true, sentInAll, receivedInAll, atNanos);
    }

    /** One that lasts follows on one that had ended. */
    public Flow again() {
        again = true;
        return this;
    }

    /** One that lasts is open now: its answer has begun. */
    public void opened(long atNanos) {
        openedNanos = atNanos;
        recorder.opened(this);
    }

    boolean wasOpened() {
        return openedNanos != NOT_OPENED;
    }

    /**
     * A frame has passed over one that lasts: an opening, an event, a heartbeat.
     *
     * @param brings whether it brought an event; what brings none counts in no figure once the measured time is over
     * @param sentInAll as in {@link #bytes}
     * @param receivedInAll as in {@link #bytes}
     */
    public void frame(boolean brings, long sentInAll, long receivedInAll, long atNanos) {
        recorder.frame(this, brings, sentInAll, receivedInAll, atNanos);
    }

    /** For how long it was open between two times; from when it was sent if nobody said when it was opened. */
    long heldNanos(long sentNanos, long doneNanos, long fromNanos, long toNanos) {
        long open = openedNanos == NOT_OPENED ? sentNanos : openedNanos;
        return Math.max(0, Math.min(toNanos, doneNanos) - Math.max(fromNanos, open));
    }

    /** The exchange brought this many more new events. */
    public Flow brought(int moreNewEvents) {
        newEvents += moreNewEvents;
        return this;
    }

    /** It only led up to the measured time: it counts in the books but in no figure. */
    public Flow setsUp() {
        setsUp = true;
        return this;
    }

    /** It only closed the run: it counts in the books but in no figure. */
    public Flow closesOnly() {
        closesOnly = true;
        return this;
    }

    /**
     * The exchange is over. Bytes that were not counted while they passed are counted at the time it was due.
     *
     * @param sentNanos when its request was sent
     * @param doneNanos when its answer had been read
     */
    public void over(long sentNanos, long doneNanos, Exchange exchange) {
        recorder.over(this, sentNanos, doneNanos, exchange);
    }
}
