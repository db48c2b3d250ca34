package dev.pushpull.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** The total bytes of all sockets of a client. Thread-safe. */
final class SocketBytes {
    /** A source that serves for months has more broken connections than anyone needs to see one by one. */
    private static final int MOST_BROKEN = 10_000;

    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sentOutside = new LongAdder();
    private final LongAdder receivedOutside = new LongAdder();
    private final AtomicLong connected = new AtomicLong();
    private final Set<ConnectionTally> broken = ConcurrentHashMap.newKeySet();

    /** @param ofExchange whether the bytes belong to an exchange */
    void sent(int bytes, boolean ofExchange) {
        sent.add(bytes);
        if (!ofExchange) {
            sentOutside.add(bytes);
        }
    }

    /** As {@link #sent}. */
    void received(int bytes, boolean ofExchange) {
        received.add(bytes);
        if (!ofExchange) {
            receivedOutside.add(bytes);
        }
    }

    /** Bytes that were counted, but turn out to belong to no exchange. */
    void outside(long bytesSent, long bytesReceived) {
        sentOutside.add(bytesSent);
        receivedOutside.add(bytesReceived);
    }

    /** A connection was opened. */
    void connected() {
        connected.incrementAndGet();
    }

    /** An exchange broke on a connection. */
    void broke(ConnectionTally connection) {
        if (broken.size() < MOST_BROKEN) {
            broken.add(connection);
        }
    }

    /** The number of connections opened. */
    long connections() {
        return connected.get();
    }

    /** As {@link CountingSocketFactory#totals}. */
    WireTotals totals(long requests) {
        return new WireTotals(
                requests,
                sent.sum(),
                received.sum(),
                connected.get(),
                new WireTotals.Outside(sentOutside.sum(), receivedOutside.sum()),
                broken.stream()
                        .collect(Collectors.groupingBy(
                                ConnectionTally::port,
                                Collectors.mapping(ConnectionTally::carried, Collectors.toList()))));
    }
}
