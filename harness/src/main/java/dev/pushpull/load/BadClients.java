package dev.pushpull.load;

import dev.pushpull.load.BadClient.Honest;
import dev.pushpull.load.HostileTraffic.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Bad clients of one server, which open connection after connection until they are stopped. */
public final class BadClients implements AutoCloseable {
    /** The pause between two connections of a client, so that those that hang up at once do not take a core. */
    private static final long PAUSE_MILLIS = 10;

    private static final int CONNECT_TIMEOUT_MILLIS = 5000;

    /** Small, so that a server that writes to a client that does not read soon gets stuck. */
    private static final int RECEIVE_BUFFER_BYTES = 4 << 10;

    private final Honest request;
    private final long pauseMillis;
    private final boolean tls;
    private final Map<BadClient, Tally> tallies = new EnumMap<>(BadClient.class);
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Starts the clients.
     *
     * @param request a valid one; its address says whether to use TLS
     * @param each how many clients of each kind to run at once
     */
    public BadClients(Collection<BadClient> kinds, Honest request, int each) {
        this(kinds, request, each, PAUSE_MILLIS);
    }

    /** @param pauseMillis between two connections of each client */
    public BadClients(Collection<BadClient> kinds, Honest request, int each, long pauseMillis) {
        this.request = request;
        this.pauseMillis = pauseMillis;
        this.tls = "https".equals(request.address().getScheme());
        for (BadClient kind : kinds) {
            AtomicInteger turns = new AtomicInteger();
            for (int i = 0; i < each; i++) {
                Thread thread = new Thread(() -> keepConnecting(kind, turns), "bad " + kind.id());
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
        }
    }

    private void keepConnecting(BadClient kind, AtomicInteger turns) {
        while (!closed) {
            int status = 0;
            try {
                status = status(kind, turns.getAndIncrement());
                Thread.sleep(pauseMillis);
            } catch (InterruptedException e) {
                closed = true;
            }
            synchronized (tallies) {
                tallies.put(kind, tallies.getOrDefault(kind, Tally.NONE).plus(status));
            }
        }
    }

    private int status(BadClient kind, int turn) throws InterruptedException {
        begun.incrementAndGet();
        Socket socket = new Socket();
        try (socket;
                Conversation bare = new Conversation(connected(socket))) {
            open.add(bare);
            try {
                if (closed) {
                    return 0;
                }
                return kind.misbehave(tls && !kind.isOfTls() ? bare.encrypted(true) : bare, request, turn);
            } finally {
                open.remove(bare);
            }
        } catch (IOException e) {
            return 0; // the server has hung up, as it may
        }
    }

    private Socket connected(Socket socket) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.connect(
                new InetSocketAddress(
                        request.address().getHost(), request.address().getPort()),
                CONNECT_TIMEOUT_MILLIS);
        return socket;
    }

    /** The results of each kind so far, for connections that have ended. */
    public Map<BadClient, Tally> tallies() {
        synchronized (tallies) {
            return new EnumMap<>(tallies);
        }
    }

    /** Connections so far, including open ones. */
    public int conversations() {
        return begun.get();
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        open.forEach(Conversation::close);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
