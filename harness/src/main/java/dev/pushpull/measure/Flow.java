package dev.pushpull.measure;

import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Kind;

/**
 * One exchange, from its beginning to its end: a poll that takes a millisecond, or a stream that lives for minutes. It
 * is one request whenever it ends, and its bytes count when they pass. Used by one thread at a time.
 */
public final class Flow {
    private final Recorder recorder;
    final Kind kind;
    final int consumer;
    final long dueNanos;
    long bytesSent;
    long bytesReceived;
    int newEvents;
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
     * Bytes have passed while it goes on.
     *
     * @param sentInAll by whoever began it, since its beginning
     * @param receivedInAll likewise
     * @param atNanos when
     */
    public void bytes(long sentInAll, long receivedInAll, long atNanos) {
        recorder.bytes(this, sentInAll, receivedInAll, atNanos);
    }

    /** It brought so many events more that were new. */
    public Flow brought(int moreNewEvents) {
        newEvents += moreNewEvents;
        return this;
    }

    /** It only led up to the measured time: it is in the books, and in no figure. */
    public Flow setsUp() {
        setsUp = true;
        return this;
    }

    /** It only closed the run: it is in the books, and in no figure. */
    public Flow closesOnly() {
        closesOnly = true;
        return this;
    }

    /**
     * It is over. Bytes that were not counted while they passed count when it was due.
     *
     * @param sentNanos when its request was sent
     * @param doneNanos when its answer was read
     */
    public void over(long sentNanos, long doneNanos, Exchange exchange) {
        recorder.over(this, sentNanos, doneNanos, exchange);
    }
}
