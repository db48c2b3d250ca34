package dev.pushpull.http;

/**
 * The bytes that passed through a socket during one exchange; those of the first include the TLS handshake.
 * Thread-safe.
 */
final class ExchangeTally {
    private final ConnectionTally connection;
    private long sent;
    private long received;
    private boolean over;

    ExchangeTally(ConnectionTally connection) {
        this.connection = connection;
    }

    /** Returns whether the bytes belong to it; later bytes do not. */
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

    /** This many more items of its answer have been read. */
    void hasRead(long items) {
        connection.hasRead(items);
    }

    /** The exchange is over: its bytes no longer change. */
    synchronized void end() {
        over = true;
    }

    /** The exchange ended without an answer. Nobody here can tell how much of it, or of the answer, was lost. */
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
