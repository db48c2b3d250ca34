package dev.pushpull.http;

import java.util.concurrent.atomic.LongAdder;

/** The bytes of one socket: in total, and of its exchanges, one after another. */
final class ConnectionTally {
    private final SocketBytes all;
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private volatile int port;
    private volatile long exchanges;
    private volatile long itemsRead;
    private volatile ExchangeTally now = new ExchangeTally(this);
    private volatile boolean used;

    /** @param all also counts them */
    ConnectionTally(SocketBytes all) {
        this.all = all;
    }

    /**
     * Begins an exchange: its tally counts what passes until it ends. The first exchange also gets everything before
     * it. So a finished exchange still knows its bytes while another uses the socket.
     */
    ExchangeTally begin() {
        if (used) {
            now = new ExchangeTally(this);
        }
        used = true;
        exchanges++; // one at a time
        itemsRead = 0;
        return now;
    }

    void connected(int localPort) {
        port = localPort;
        all.connected();
    }

    void sent(int bytes) {
        sent.add(bytes);
        all.sent(bytes, now.sent(bytes));
    }

    void received(int bytes) {
        received.add(bytes);
        all.received(bytes, now.received(bytes));
    }

    /** This many more items of the current answer have been read. */
    void hasRead(long items) {
        itemsRead = items;
    }

    /** An exchange ended without an answer. */
    void broke() {
        all.broke(this);
    }

    /** The socket is closed. */
    void close() {
        if (!used) { // what passed belongs to no exchange
            used = true;
            now.end();
            all.outside(now.bytesSent(), now.bytesReceived());
        }
    }

    /** Whether any exchange has begun on it. */
    boolean used() {
        return used;
    }

    /** The local port; 0 before it was connected. */
    int port() {
        return port;
    }

    Carried carried() {
        return new Carried(sent.sum(), received.sum(), exchanges, itemsRead);
    }
}
