package dev.pushpull.http;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Scenario.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Simulates distance, and what stands between, on one machine: it stands before a server and passes on every byte
 * unchanged, each way half a round trip after it arrived. A connection is accepted at once, although over a distance its
 * client would wait a round trip for it. So what a client sends before the server's first answer has reached it arrives
 * one more round trip later. Connections end as the limits of a {@link Middlebox} say, once they are in force. One
 * thread serves all connections; no kernel configuration is needed.
 */
public final class DelayRelay implements AutoCloseable {
    /** Selectors count in milliseconds, so the last part of a delay is slept in small steps that look in between. */
    private static final long SELECTOR_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int BACKLOG = 1000;
    private static final int BUFFER_BYTES = 64 << 10;

    private final URI address;
    private final InetSocketAddress server;
    private final Wire wire;
    private final LongFunction<Limited> limits;
    private final NanoClock clock;

    /** Null where nothing is between: then the server's own address is used. */
    private final Selector selector;

    private final ServerSocketChannel listening;
    private final Thread thread;

    /** Those with something to pass on, by due time. */
    private final PriorityQueue<DelayedBytes> due =
            new PriorityQueue<>((one, other) -> Long.compare(one.dueNanos() - other.dueNanos(), 0));

    /** Those that a limit may end, by the time at which to look. */
    private final PriorityQueue<RelayedConnection> limited =
            new PriorityQueue<>((one, other) -> Long.compare(one.lookNanos(), other.lookNanos()));

    private final Set<RelayedConnection> open = new HashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private SelectionKey accepting;
    private long accepted;

    /** Since when limits are in force, as far as the relay's thread knows, and as it was told. */
    private long inForceNanos = Middlebox.NEVER;

    private volatile long toldInForceNanos = Middlebox.NEVER;
    private volatile boolean closed;

    /**
     * The limits of one connection.
     *
     * @param early those of an exchange that has begun before they are in force
     */
    public record Limited(Middlebox.Limits usual, Middlebox.Limits early) {}

    /**
     * A relay before a server; where nothing is between, the server's own address.
     *
     * @param limits those of each connection
     * @throws IOException when it cannot listen
     */
    public static DelayRelay before(
            URI server, Wire wire, LongFunction<Limited> limits, NanoClock clock, RoleThreads threads)
            throws IOException {
        return before(server, wire, limits, clock, threads, 0);
    }

    /**
     * The same at a port.
     *
     * @param port 0 for any free one
     */
    public static DelayRelay before(
            URI server, Wire wire, LongFunction<Limited> limits, NanoClock clock, RoleThreads threads, int port)
            throws IOException {
        return new DelayRelay(server, wire, limits, clock, threads, port);
    }

    private DelayRelay(
            URI server, Wire wire, LongFunction<Limited> limits, NanoClock clock, RoleThreads threads, int port)
            throws IOException {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
        this.wire = wire;
        this.limits = limits;
        this.clock = clock;
        if (!wire.relayed()) {
            address = server;
            selector = null;
            listening = null;
            thread = null;
            return;
        }
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
        listening.configureBlocking(false);
        selector = Selector.open();
        accepting = listening.register(selector, SelectionKey.OP_ACCEPT);
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

    /** Limits are in force from this time on. */
    public void limitsFrom(long nanos) {
        toldInForceNanos = nanos;
        if (selector != null) {
            selector.wakeup();
        }
    }

    private void run() {
        try {
            while (!closed) {
                awaitSomething();
                if (inForceNanos != toldInForceNanos) {
                    inForceNanos = toldInForceNanos;
                    open.forEach(this::heard);
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid()) {
                        serve(key);
                    }
                }
                selector.selectedKeys().clear();
                endWhatIsOverdue();
                passOnWhatIsDue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the relay failed", e);
        }
    }

    private void awaitSomething() throws IOException {
        long now = clock.nanoTime();
        long remaining = Math.min(
                due.isEmpty() ? Middlebox.NEVER : due.peek().dueNanos() - now,
                limited.isEmpty() ? Middlebox.NEVER : limited.peek().lookNanos() - now);
        if (remaining == Middlebox.NEVER) {
            selector.select();
        } else if (remaining > SELECTOR_NANOS) {
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
            ((RelayedConnection.Side) key.attachment()).ready(key);
        }
    }

    private void accept() {
        if (wire.behind().holdsUp(open.size() + 1)) {
            accepting.interestOps(0); // whoever comes now waits until another has gone
            return;
        }
        SocketChannel client = null;
        try {
            client = listening.accept();
            if (client != null) {
                join(client);
            }
        } catch (IOException e) {
            RelayedConnection.close(client); // as when no server is there
        }
    }

    private void join(SocketChannel client) throws IOException {
        SocketChannel upstream = SocketChannel.open(server); // takes no time over loopback
        Limited its = limits.apply(accepted++);
        LimitedCourse course = new LimitedCourse(its.usual(), its.early(), nowNanos(), wire.tls());
        RelayedConnection connection = new RelayedConnection(this, course, client, upstream, wire.rttNanos());
        connection.open(selector);
        open.add(connection);
        heard(connection);
    }

    /** Something passed over a connection. */
    void heard(RelayedConnection connection) {
        long endNanos = connection.endNanos(inForceNanos);
        if (endNanos < connection.lookNanos()) { // one that ends later is looked at in vain, once
            limited.remove(connection);
            connection.lookAt(endNanos);
            limited.add(connection);
        }
    }

    void over(RelayedConnection connection) {
        open.remove(connection);
        limited.remove(connection);
        if (accepting.isValid()) {
            accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    void due(DelayedBytes bytes) {
        due.add(bytes);
    }

    long nowNanos() {
        return clock.nanoTime();
    }

    long legNanos() {
        return wire.legNanos();
    }

    /** To read into; empty before and after. */
    ByteBuffer buffer() {
        return buffer;
    }

    private void endWhatIsOverdue() {
        long now = nowNanos();
        while (!limited.isEmpty() && limited.peek().lookNanos() <= now) {
            RelayedConnection connection = limited.poll();
            connection.lookAt(Middlebox.NEVER);
            if (connection.endNanos(inForceNanos) > now) {
                heard(connection);
            } else if (wire.behind().silent()) {
                connection.vanish();
            } else {
                connection.end(now);
            }
        }
    }

    private void passOnWhatIsDue() {
        while (!due.isEmpty() && due.peek().dueNanos() - clock.nanoTime() <= 0) {
            due.poll().passOn();
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
