package dev.pushpull.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A counted socket whose writer never waits for the peer: what the system does not accept at once is kept, and sent by
 * the reading thread while it waits. So one thread at a time reads, any thread may write, and closing does not wait.
 * TLS can be laid over it.
 *
 * <p>A failed write is not an error for the writer: the reader gets it, after everything that the peer had sent before.
 */
final class NonBlockingSocket extends ChannelSocket {
    /** The system copies what it writes into a buffer of this size, and keeps the buffer. */
    private static final int MOST_BYTES_AT_ONCE = 64 << 10;

    private static final int READ_BUFFER_BYTES = 8 << 10;

    private final ConnectionTally tally;
    private final SocketChannel channel;
    private final Selector selector;
    private final InputStream in = new BufferedInputStream(new In(), READ_BUFFER_BYTES); // TLS reads in small pieces
    private final OutputStream out = new Out();

    /** Guards the fields below, and the order of what is sent. */
    private final Object sending = new Object();

    private SelectionKey key;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private boolean broken;
    private volatile boolean leaving;

    NonBlockingSocket(ConnectionTally tally) throws IOException {
        super(SocketChannel.open());
        this.tally = tally;
        this.channel = getChannel();
        try {
            this.selector = Selector.open();
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** As {@link ConnectionTally#begin}. */
    ExchangeTally beginExchange() {
        return tally.begin();
    }

    /** Whether the system has accepted everything written. */
    boolean allSent() {
        synchronized (sending) {
            return !broken && unsent.isEmpty();
        }
    }

    /** Asks the reading thread to leave: it gets an exception now or at its next read, and may close in order. */
    void leave() {
        leaving = true;
        selector.wakeup();
    }

    /** Called on the thread that will read. */
    void connect(InetSocketAddress address, long timeoutNanos) throws IOException {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(address);
            key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            long deadlineNanos = System.nanoTime() + timeoutNanos;
            while (!connected) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
                if (leftMillis <= 0) {
                    throw new SocketTimeoutException("no connection within the time allowed");
                }
                await(leftMillis);
                connected = channel.finishConnect();
            }
            key.interestOps(SelectionKey.OP_READ);
            tally.connected(getLocalPort());
        } catch (ClosedChannelException | CancelledKeyException e) {
            throw closed();
        }
    }

    /** Waits until something may be done; 0 waits without limit. */
    private void await(long mostMillis) throws IOException {
        try {
            if (!leaving) {
                selector.select(ready -> {}, mostMillis);
            }
        } catch (ClosedSelectorException e) {
            throw closed();
        }
        if (leaving) {
            throw new SocketException("the connection was left");
        }
        Thread.interrupted(); // otherwise the next would not wait
    }

    private static SocketException closed() {
        return new SocketException("Socket closed");
    }

    private final class In extends InputStream {
        @Override
        public int read() {
            throw new UnsupportedOperationException("it is read through a buffer");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (true) {
                await(0);
                sendUnsent();
                try {
                    int count = channel.read(ByteBuffer.wrap(bytes, offset, length));
                    if (count > 0) {
                        tally.received(count);
                    }
                    if (count != 0 || length == 0) {
                        return count;
                    }
                } catch (ClosedChannelException e) {
                    throw closed();
                }
            }
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            synchronized (sending) {
                ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
                if (unsent.isEmpty()) {
                    send(rest);
                }
                if (!channel.isOpen()) {
                    throw closed();
                }
                if (rest.hasRemaining() && !broken) {
                    keep(ByteBuffer.allocate(rest.remaining()).put(rest).flip());
                }
            }
        }
    }

    private void keep(ByteBuffer rest) throws SocketException {
        unsent.add(rest);
        if (unsent.size() == 1) {
            wake(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void sendUnsent() throws SocketException {
        synchronized (sending) {
            if (unsent.isEmpty()) {
                return;
            }
            while (!unsent.isEmpty() && send(unsent.element())) {
                unsent.remove();
            }
            if (broken) {
                unsent.clear();
            }
            if (unsent.isEmpty()) {
                wake(SelectionKey.OP_READ);
            }
        }
    }

    private void wake(int operations) throws SocketException {
        try {
            key.interestOps(operations);
        } catch (CancelledKeyException e) {
            throw closed();
        }
        selector.wakeup();
    }

    /** Writes as much as the system accepts; returns whether that was everything. */
    private boolean send(ByteBuffer bytes) {
        int end = bytes.limit();
        try {
            while (!broken && bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + MOST_BYTES_AT_ONCE));
                int count = channel.write(bytes);
                tally.sent(count);
                if (bytes.hasRemaining()) {
                    break;
                }
            }
        } catch (IOException e) {
            broken = true;
        } finally {
            bytes.limit(end);
        }
        return !bytes.hasRemaining();
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void close() throws IOException {
        tally.close();
        try (selector) {
            channel.close();
        }
    }
}
