package dev.pushpull.surface;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.WireTotals;
import dev.pushpull.store.Outbox;
import io.undertow.server.HttpServerExchange;
import java.util.List;

/**
 * A way in which a provider offers its events on the wire: the provider's half of a mode. A provider has several
 * surfaces, tells each about every event, and passes each one its requests; it knows nothing else about them. A mode
 * with a new wire brings a surface of its own.
 */
public interface Surface extends AutoCloseable {
    /** Makes a surface for a provider that is about to listen. */
    interface Opener {
        Surface open(Source source);
    }

    /** What one event means for a surface. */
    interface Dispatch {
        /** For a surface that has nobody to tell. */
        Dispatch NOTHING = intendedNanos -> {};

        /** What must be kept with the event, so that a restart loses nothing. */
        default List<Outbox.Delivery> due() {
            return List.of();
        }

        /**
         * The event is kept and in the log: whoever waits for it gets it. Called in the order of the events.
         *
         * @param intendedNanos when it should have occurred
         */
        void begin(long intendedNanos);
    }

    /**
     * Whether this surface handles the request: decided by the path, or by the path and a header. A mode's own surfaces
     * are asked first.
     */
    boolean takes(HttpServerExchange exchange);

    /** Answers a request that it handles, now or later. Called on the I/O thread of the exchange. */
    void answer(HttpServerExchange exchange) throws Exception;

    /** An event has its place and is about to be kept. Called in the order of the events. */
    Dispatch place(StoredEvent event);

    /** Ends what it holds open, and holds nothing from now on. */
    void letGo();

    /** Begins nothing more and waits at most this long for what it has begun; then breaks it off. */
    default void stop(long mostNanos) throws InterruptedException {
        letGo();
    }

    /** Whether nothing that it began is unfinished, and nothing can begin without waiting for its time. */
    default boolean idle() {
        return true;
    }

    /** Counts of everything that the consumers count as well. */
    List<Counter> counters();

    /** What went through the sockets that it opened itself. */
    default WireTotals sent() {
        return WireTotals.NONE;
    }

    /** Warnings for readers of the figures, a sentence each. */
    default List<String> warnings() {
        return List.of();
    }

    @Override
    default void close() {
        letGo();
    }
}
