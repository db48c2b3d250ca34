package dev.pushpull.delivery.stream;

import dev.pushpull.event.EventLog.Slice;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.MeteredHttpServer;
import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.XnioExecutor;

/**
 * One connection that a provider holds open, without a thread: what is due is written when there is something, and
 * heartbeats and the end are timers of the I/O thread. Used only by the I/O thread of its exchange, except {@link #wake}.
 */
public abstract class OpenStream {
    /** A timer rings up to so much too early. */
    private static final long TIMERS_RESOLUTION_NANOS = 1_000_000;

    private final OpenStreams all;
    private final HttpServerExchange exchange;
    private final String name;
    private final long lifeNanos;
    private long cursor;
    private long events;
    private boolean heartbeatDue;
    private long heartbeatNanos;
    private long lastWrittenNanos;
    private boolean lived;
    private boolean over;
    private XnioExecutor.Key heartbeat;
    private XnioExecutor.Key life;

    /**
     * @param name of the stream, or null for all streams together
     * @param after the event after which it continues
     */
    protected OpenStream(OpenStreams all, HttpServerExchange exchange, String name, long after) {
        this.all = all;
        this.exchange = exchange;
        this.name = name;
        this.lifeNanos = all.nextLifeNanos();
        this.cursor = after;
    }

    final String name() {
        return name;
    }

    /** After how long it will end; empty where that is not known, or not told. */
    protected final OptionalLong endsInNanos() {
        return all.announcesEnds() && lifeNanos != Lives.FOR_EVER ? OptionalLong.of(lifeNanos) : OptionalLong.empty();
    }

    /** What identifies an event for the client: its sequence in the stream, or its position among all. */
    protected final long id(StoredEvent event) {
        return name == null ? event.position() : event.event().sequence();
    }

    /** From now on it is woken, and writes what is there already. */
    protected final void begin() {
        all.begins(this);
        if (lifeNanos != Lives.FOR_EVER) {
            life = after(lifeNanos, this::endsItsLife);
        }
        lastWrittenNanos = all.nowNanos();
        if (all.heartbeatNanos() > 0) {
            heartbeatAt(lastWrittenNanos + all.heartbeatNanos());
        }
        goOn(); // once it can be woken, so that nothing is missed
    }

    /** Writes what is due, as far as the connection takes it. Not called any more once it is over. */
    protected abstract void write();

    /** Writes what is due, unless it is over. */
    protected final void goOn() {
        if (!over) {
            write();
        }
    }

    private XnioExecutor.Key after(long nanos, Runnable work) {
        try {
            return exchange.getIoThread().executeAfter(work, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null; // the server is closing, and this stream with it
        }
    }

    private void endsItsLife() {
        lived = true;
        goOn();
    }

    private void heartbeatAt(long nanos) {
        heartbeatNanos = nanos;
        heartbeat = after(nanos - all.nowNanos(), this::heartbeat);
    }

    private void heartbeat() {
        boolean idle = all.heartbeatsOnlyWhenIdle();
        long dueNanos = idle ? lastWrittenNanos + all.heartbeatNanos() : heartbeatNanos;
        if (dueNanos - all.nowNanos() < TIMERS_RESOLUTION_NANOS) {
            heartbeatDue = true;
            goOn();
            dueNanos = (idle ? all.nowNanos() : dueNanos) + all.heartbeatNanos();
        }
        if (!over) {
            heartbeatAt(dueNanos);
        }
    }

    /** There may be something to write. By any thread. */
    protected final void wake() {
        try {
            exchange.getIoThread().execute(this::goOn);
        } catch (RejectedExecutionException e) {
            // the server is closing, and this stream with it
        }
    }

    /** The events to be written next, perhaps none; they count as written. */
    protected final List<StoredEvent> take() {
        Slice slice = all.read(name, cursor);
        cursor = Math.max(cursor, slice.end());
        if (!slice.events().isEmpty()) {
            lastWrittenNanos = all.nowNanos();
            events += slice.events().size();
            all.wrote(slice.events().size());
            MeteredHttpServer.answersWith(exchange, events);
        }
        return slice.events();
    }

    /** Whether a heartbeat is to be written next; it counts as written. */
    protected final boolean takeHeartbeat() {
        boolean due = heartbeatDue;
        heartbeatDue = false;
        if (due) {
            lastWrittenNanos = all.nowNanos();
            all.wroteHeartbeat();
        }
        return due;
    }

    /** Whether it is to end once everything is written. */
    protected final boolean ends() {
        return lived || all.lettingGo();
    }

    /** It has ended. */
    protected final void over() {
        if (!over) {
            over = true;
            forget(heartbeat);
            forget(life);
            all.ends(this);
        }
    }

    private static void forget(XnioExecutor.Key timer) {
        if (timer != null) {
            timer.remove();
        }
    }
}
