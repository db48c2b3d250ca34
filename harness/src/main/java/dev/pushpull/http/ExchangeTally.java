package dev.pushpull.http;

/** The bytes that went through a socket during one exchange; the first one's include TLS's handshake. Thread-safe. */
final class ExchangeTally {
    private final ConnectionTally connection;
    private long sent;
    private long received;
    private boolean over;

    ExchangeTally(ConnectionTally connection) {
        this.connection = connection;
    }

    /** Returns whether the bytes are a part of it: what follows its end is not. */
    synchronized boolean sent(int bytes) {
        if (!over) {
            sent += bytes;
        }
        return !over;
    }

    /** As {@link #sent}. */
    synchronized boolean received(int bytes) {
        if (!over) {
            received += bytes;
        }
        return !over;
    }

    /** So many items of its answer have been read. */
    void hasRead(long items) {
        connection.hasRead(items);
    }

    /** The exchange is over: its bytes stay what they are. */
    synchronized void end() {
        over = true;
    }

    /** The exchange is over without an answer: what of it got lost, and what of the answer, nobody here can tell. */
    void broke() {
        end();
        connection.broke();
    }

    /** Bytes sent so far. */
    synchronized long bytesSent() {
        return sent;
    }

    /** Bytes received so far. */
    synchronized long bytesReceived() {
        return received;
    }
}
