package dev.pushpull.surface;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.WireTotals;
import dev.pushpull.store.Outbox;
import io.undertow.server.HttpServerExchange;
import java.util.List;

/**
 * A way in which a provider offers its events on the wire: the provider's half of a mode. A provider has some of them,
 * tells each of every event and hands each the requests that it takes; it knows nothing else of them. A mode whose wire
 * is not there yet brings a surface of its own.
 */
public interface Surface extends AutoCloseable {
    /** Makes a surface of a provider that is about to listen. */
    interface Opener {
        Surface open(Source source);
    }

    /** What one event means for a surface. */
    interface Dispatch {
        /** What an event means for a surface that has nobody to tell. */
        Dispatch NOTHING = intendedNanos -> {};

        /** What has to be kept with the event, so that a restart loses none of it. */
        default List<Outbox.Delivery> due() {
            return List.of();
        }

        /**
         * The event is kept and in the log: whoever waits for it gets it. Called in the order of the events.
         *
         * @param intendedNanos when it was to occur
         */
        void begin(long intendedNanos);
    }

    /** Whether a request is this surface's; it goes by the path. */
    boolean takes(HttpServerExchange exchange);

    /** Answers a request that it takes, now or later. Called on the I/O thread of the exchange. */
    void answer(HttpServerExchange exchange) throws Exception;

    /** An event has got its place and is about to be kept. Called in the order of the events. */
    Dispatch place(StoredEvent event);

    /** Ends what it holds open, holds nothing from now on. */
    void letGo();

    /** Begins nothing any more and waits for what it has begun, at most so long; what is out then is broken off. */
    default void stop(long mostNanos) throws InterruptedException {
        letGo();
    }

    /** Whether nothing it has begun is under way, and nothing can begin without waiting for its time. */
    default boolean idle() {
        return true;
    }

    /** What it has counted that the consumers count as well. */
    List<Counter> counters();

    /** What went through the sockets that it opened itself. */
    default WireTotals sent() {
        return WireTotals.NONE;
    }

    /** What a reader of the figures should know, a sentence each. */
    default List<String> warnings() {
        return List.of();
    }

    @Override
    default void close() {
        letGo();
    }
}
