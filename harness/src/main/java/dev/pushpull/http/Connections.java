package dev.pushpull.http;

import dev.pushpull.host.FileDescriptors;
import dev.pushpull.host.NanoClock;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.StreamConnection;

/**
 * The connections of a server: no peer keeps one longer than it needs it, and none keeps others out. A request must
 * arrive whole within a time, whatever happens to it; an answer must be read; an idle connection ends after a time.
 * When there are too many, the oldest one that is idle or whose request is incomplete makes room for a new one; if
 * there is none, the oldest that waits for an answer does.
 */
final class Connections {
    private static final AttachmentKey<ServedConnection> SERVED = AttachmentKey.create(ServedConnection.class);

    /** Reading less than this within {@link Limits#untakenNanos} counts as not reading. */
    private static final long LEAST_TAKEN_BYTES = 64 << 10;

    /**
     * How long each phase may last.
     *
     * @param most connections at a time
     * @param unfinishedNanos from a request's first byte until it has arrived whole, head and body
     * @param idleNanos between requests
     * @param untakenNanos within this time a peer must read a good part of its answer
     * @param bodyBytes of all bodies that are arriving, together
     */
    record Limits(int most, long unfinishedNanos, long idleNanos, long untakenNanos, long bodyBytes) {
        private static final int MOST = 20_000;
        private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

        static Limits keeping(long idleNanos) {
            return keeping(idleNanos, 0);
        }

        /** @param held so many connections at least */
        static Limits keeping(long idleNanos, int held) {
            return new Limits(
                    Math.max(held, FileDescriptors.forServing(MOST)),
                    PATIENCE_NANOS,
                    idleNanos,
                    PATIENCE_NANOS,
                    Runtime.getRuntime().maxMemory() / 4);
        }

        /** How often to look for late connections. */
        long lookEveryNanos() {
            return Math.min(unfinishedNanos, untakenNanos) / 10;
        }
    }

    private final Limits limits;
    private final NanoClock clock = NanoClock.SYSTEM;

    /** Idle, or with a request that was incomplete when we looked; oldest first. */
    private final Queue waiting = new Queue();

    /** With a request that was complete when we looked, and was not answered yet. */
    private final Queue busy = new Queue();

    private final Map<StreamConnection, ServedConnection> byChannel = new HashMap<>();
    private final AtomicLong bodyBytes = new AtomicLong();
    private long served;

    Connections(Limits limits) {
        this.limits = limits;
    }

    /** The connections of the server that handles this exchange. */
    static Connections of(HttpServerExchange exchange) {
        return serving(exchange).all();
    }

    /** The connection of this exchange. */
    static ServedConnection serving(HttpServerExchange exchange) {
        return exchange.getConnection().getAttachment(SERVED);
    }

    /** @return whether there is room for this many more bytes of bodies that are arriving */
    boolean setAside(long bytes) {
        if (bodyBytes.addAndGet(bytes) <= limits.bodyBytes()) {
            return true;
        }
        bodyBytes.addAndGet(-bytes);
        return false;
    }

    void setFree(long bytes) {
        bodyBytes.addAndGet(-bytes);
    }

    /** How many may be open at a time. */
    int most() {
        return limits.most();
    }

    /** How many are open. */
    synchronized int open() {
        return byChannel.size();
    }

    /** How many carried a request so far. */
    synchronized long served() {
        return served;
    }

    /**
     * A new connection is here, and another may have to go.
     *
     * @param settled whether a request may come at once; false until the TLS handshake is over
     * @param count for everything that passes over it
     */
    ServedConnection admit(StreamConnection channel, boolean settled, ServedPorts.Count count) {
        ServedConnection admitted = new ServedConnection(channel, this, count);
        ServedConnection leaving = null;
        synchronized (this) {
            admitted.idle = settled;
            admitted.sinceNanos = clock.nanoTime();
            byChannel.put(channel, admitted);
            if (byChannel.size() > limits.most()) {
                leaving = oldest();
            }
            waiting.append(admitted);
        }
        if (leaving != null) {
            leaving.close();
        }
        return admitted;
    }

    /** @return null when there is none */
    private ServedConnection oldest() {
        for (ServedConnection one = waiting.first; one != null; one = waiting.first) {
            if (!one.isRequestThere()) {
                return one;
            }
            move(one, busy);
        }
        return busy.first;
    }

    /** Lets Undertow serve it until its end. */
    void serve(ServedConnection connection, ChannelListener<StreamConnection> http) {
        StreamConnection channel = connection.channel();
        http.handleEvent(channel);
        ChannelListener<? super StreamConnection> undertows = channel.getCloseListener();
        channel.setCloseListener(closed -> {
            gone(connection);
            ChannelListeners.invokeChannelListener(closed, undertows);
        });
        if (!channel.isOpen()) {
            gone(connection);
        }
    }

    private synchronized void gone(ServedConnection connection) {
        if (byChannel.remove(connection.channel(), connection)) {
            connection.queue.remove(connection);
        }
    }

    /** The TLS handshake is over. */
    synchronized void settled(ServedConnection connection) {
        if (connection.exchange == null) {
            connection.idle = true;
            again(connection);
        }
    }

    /** Bytes arrived on an idle connection: a request begins, and its head is not complete. */
    synchronized void begins(ServedConnection connection) {
        connection.idle = false;
        again(connection);
    }

    /** The head of a request is complete. */
    ServedConnection heard(HttpServerExchange exchange) {
        ServerConnection undertows = exchange.getConnection();
        ServedConnection connection = undertows.getAttachment(SERVED);
        synchronized (this) {
            if (connection == null) {
                connection = byChannel.get(((HttpServerConnection) undertows).getChannel());
                undertows.putAttachment(SERVED, connection);
                served++;
            }
            connection.exchange = exchange;
            connection.count().heard();
            if (connection.inOnePiece && !exchange.isRequestComplete()) {
                again(connection);
            }
            connection.inOnePiece = false;
        }
        exchange.addExchangeCompleteListener(connection);
        return connection;
    }

    /**
     * The request is answered, or never will be.
     *
     * @param idle whether no request follows for now
     */
    synchronized void answered(ServedConnection connection, boolean idle) {
        connection.exchange = null;
        connection.idle = idle;
        again(connection);
    }

    /** It speaks another protocol from now on, for as long as it likes. */
    synchronized void upgraded(ServedConnection connection) {
        connection.exchange = null;
        connection.idle = false;
        move(connection, busy);
    }

    private void again(ServedConnection connection) {
        connection.sinceNanos = clock.nanoTime();
        move(connection, waiting);
    }

    private static void move(ServedConnection connection, Queue to) {
        if (connection.queue != null) { // otherwise it is closed
            connection.queue.remove(connection);
            to.append(connection);
        }
    }

    /** Closes late connections. Called on the I/O thread, often enough. */
    void closeLate() {
        List<ServedConnection> late = new ArrayList<>();
        long nowNanos = clock.nanoTime();
        synchronized (this) {
            ServedConnection next;
            for (ServedConnection one = waiting.first; one != null; one = next) {
                next = one.next;
                if (one.isRequestThere()) {
                    move(one, busy);
                } else if (nowNanos - one.sinceNanos > (one.idle ? limits.idleNanos() : limits.unfinishedNanos())
                        || leavesItsAnswer(one, nowNanos)) {
                    late.add(one);
                }
            }
            for (ServedConnection one = busy.first; one != null; one = one.next) {
                if (leavesItsAnswer(one, nowNanos)) {
                    late.add(one);
                }
            }
        }
        late.forEach(ServedConnection::close);
    }

    private boolean leavesItsAnswer(ServedConnection one, long nowNanos) {
        return one.leavesItsAnswer(nowNanos, limits.untakenNanos(), LEAST_TAKEN_BYTES);
    }

    /** A queue in which each connection is in one place only; moving one costs nothing. */
    static final class Queue {
        private ServedConnection first;
        private ServedConnection last;

        private void append(ServedConnection one) {
            one.queue = this;
            one.previous = last;
            one.next = null;
            if (last == null) {
                first = one;
            } else {
                last.next = one;
            }
            last = one;
        }

        private void remove(ServedConnection one) {
            if (one.previous == null) {
                first = one.next;
            } else {
                one.previous.next = one.next;
            }
            if (one.next == null) {
                last = one.previous;
            } else {
                one.next.previous = one.previous;
            }
            one.queue = null;
        }
    }
}
