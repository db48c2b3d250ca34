package dev.pushpull.delivery.stream;

/** Takes what a consumer's connection brings. Used by the thread that reads the connection. */
public interface StreamTaker {
    /** The answer has begun. */
    void opened();

    /** An event has arrived, the so many-th of this connection. */
    void event(String json, long number);

    /**
     * The provider says when to return, and after which event it continues.
     *
     * @param endsInMillis after how long it will end this connection; negative where it does not say
     */
    void told(long reconnectMillis, long after, long endsInMillis);

    /** A heartbeat has arrived. */
    void heartbeat();

    /** The consumer has sent an answer to an event or to a heartbeat. */
    void answered(boolean event);

    /** Something has arrived. */
    void heard();
}
