package dev.pushpull.delivery;

/** The consumers of one live trial; started, stopped and audited by the experiment. */
public interface LiveConsumers extends AutoCloseable {
    /** The measured time begins at {@code startNanos} of the monotonic clock, which may lie ahead. */
    void start(long startNanos);

    /** Begins no request any more; those under way may finish. Comes before the provider lets held polls go. */
    void askNoMore();

    /** Asks for nothing more and waits for what is under way, at most so long; what is out then is broken off. */
    void stop(long mostNanos) throws InterruptedException;

    /** What was counted so far. */
    ConsumerBooks books();

    @Override
    void close();
}
