package dev.pushpull.delivery;

/** The consumers of one live trial; started, stopped and audited by the experiment. */
public interface LiveConsumers extends AutoCloseable {
    /** The measured time begins at {@code startNanos} of the monotonic clock, which may lie ahead. */
    void start(long startNanos);

    /** Begins no more requests; unfinished ones may finish. Called before the provider releases held polls. */
    void askNoMore();

    /** Makes no more requests and waits at most this long for unfinished ones; then breaks them off. */
    void stop(long mostNanos) throws InterruptedException;

    /** Everything counted so far. */
    ConsumerBooks books();

    @Override
    void close();
}
