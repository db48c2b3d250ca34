package dev.pushpull.http;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Simulates distance on one machine: it stands before a server and passes on every byte unchanged, each way half a
 * round trip after it arrived. A connection is accepted at once, although over a distance its client would wait a round
 * trip for it. So what a client sends before the server's first answer has reached it arrives one more round trip
 * later. One thread serves all connections; no kernel configuration is needed.
 */
public final class DelayRelay implements AutoCloseable {
    /** Selectors count in milliseconds, so the last part of a delay is slept in small steps that look in between. */
    private static final long SELECTOR_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int BACKLOG = 1000;
    private static final int BUFFER_BYTES = 64 << 10;

    private final URI address;
    private final InetSocketAddress server;
    private final long rttNanos;
    private final NanoClock clock;

    /** Null without a delay: then the server's own address is used. */
    private final Selector selector;

    private final ServerSocketChannel listening;
    private final Thread thread;

    /** Those with something to pass on, by due time. */
    private final PriorityQueue<DelayedBytes> due =
            new PriorityQueue<>((one, other) -> Long.compare(one.dueNanos() - other.dueNanos(), 0));

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private volatile boolean closed;

    /**
     * A relay before a server; without a delay, the server's own address.
     *
     * @throws IOException when it cannot listen
     */
    public static DelayRelay before(URI server, long rttNanos, NanoClock clock, RoleThreads threads)
            throws IOException {
        return new DelayRelay(server, rttNanos, clock, threads);
    }

    private DelayRelay(URI server, long rttNanos, NanoClock clock, RoleThreads threads) throws IOException {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
        this.rttNanos = rttNanos;
        this.clock = clock;
        if (rttNanos == 0) {
            address = server;
            selector = null;
            listening = null;
            thread = null;
            return;
        }
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
        listening.configureBlocking(false);
        selector = Selector.open();
        listening.register(selector, SelectionKey.OP_ACCEPT);
        address = withPort(server, listening.socket().getLocalPort());
        thread = threads.newThread(this::run);
        thread.start();
    }

    private static URI withPort(URI uri, int port) {
        try {
            return new URI(uri.getScheme(), null, "127.0.0.1", port, uri.getPath(), null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Where clients find the server. */
    public URI address() {
        return address;
    }

    private void run() {
        try {
            while (!closed) {
                awaitSomething();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid()) {
                        serve(key);
                    }
                }
                selector.selectedKeys().clear();
                passOnWhatIsDue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the relay failed", e);
        }
    }

    private void awaitSomething() throws IOException {
        DelayedBytes next = due.peek();
        if (next == null) {
            selector.select();
            return;
        }
        long remaining = next.dueNanos() - clock.nanoTime();
        if (remaining > SELECTOR_NANOS) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(remaining - SELECTOR_NANOS / 2));
        } else if (selector.selectNow() == 0 && remaining > 0) {
            LockSupport.parkNanos(Math.min(remaining, STEP_NANOS));
            selector.selectNow();
        }
    }

    private void serve(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
        } else {
            ((Side) key.attachment()).ready(key);
        }
    }

    private void accept() {
        SocketChannel client = null;
        try {
            client = listening.accept();
            if (client != null) {
                join(client);
            }
        } catch (IOException e) {
            close(client); // as when no server is there
        }
    }

    private void join(SocketChannel client) throws IOException {
        SocketChannel upstream = SocketChannel.open(server); // takes no time over loopback
        Side here = new Side(client);
        Side there = new Side(upstream);
        here.other = there;
        there.other = here;
        here.extraNanos = rttNanos;
        here.open();
        there.open();
    }

    private void passOnWhatIsDue() {
        while (!due.isEmpty() && due.peek().dueNanos() - clock.nanoTime() <= 0) {
            due.poll().passOn();
        }
    }

    private static void close(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // it is closed either way
        }
    }

    /** One end of a connection, and the bytes on their way from it to the other. */
    private final class Side {
        private final SocketChannel channel;
        private final DelayedBytes underWay = new DelayedBytes(this::deliver);
        private SelectionKey key;
        private Side other;

        /** What comes from here before the other side's first bytes have arrived takes this much longer. */
        private long extraNanos;

        private boolean saidAll;

        Side(SocketChannel channel) {
            this.channel = channel;
        }

        void open() throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ready(SelectionKey selected) {
            if (selected.isReadable()) {
                read();
            }
            if (selected.isValid() && selected.isWritable()) {
                other.deliver();
            }
        }

        private void read() {
            boolean wasIdle = underWay.isEmpty();
            long arrivesNanos = clock.nanoTime() + rttNanos / 2 + extraNanos;
            try {
                saidAll = !underWay.readFrom(channel, buffer, arrivesNanos);
            } catch (IOException e) {
                saidAll = true;
                underWay.end(arrivesNanos);
            }
            if (saidAll || underWay.isFull()) {
                interest(SelectionKey.OP_READ, false);
            }
            if (wasIdle && !underWay.isEmpty()) {
                due.add(underWay);
            }
        }

        /** Passes on to the other side what has been on its way for long enough. */
        private void deliver() {
            try {
                boolean stuck = underWay.writeTo(other.channel, clock.nanoTime());
                other.extraNanos = 0;
                other.interest(SelectionKey.OP_WRITE, stuck);
                if (!stuck && !underWay.isEmpty()) {
                    due.add(underWay);
                }
                if (underWay.ended()) {
                    other.channel.shutdownOutput();
                    if (other.underWay.ended()) {
                        close(channel);
                        close(other.channel);
                    }
                } else if (!saidAll && !underWay.isFull()) {
                    interest(SelectionKey.OP_READ, true);
                }
            } catch (IOException e) { // the other side is closed, so this one is too
                close(channel);
                close(other.channel);
            }
        }

        private void interest(int operation, boolean wanted) {
            if (key.isValid()) {
                key.interestOps(wanted ? key.interestOps() | operation : key.interestOps() & ~operation);
            }
        }
    }

    /** Breaks off everything on its way. */
    @Override
    public void close() {
        if (selector == null) {
            return;
        }
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
