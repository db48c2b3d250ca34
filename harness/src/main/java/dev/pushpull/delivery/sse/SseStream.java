package dev.pushpull.delivery.sse;

import dev.pushpull.delivery.stream.Lives;
import dev.pushpull.event.EventLog.Slice;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.MeteredHttpServer;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * One answer that goes on, without a thread: it writes when the socket takes bytes, and its heartbeats are a timer of
 * the I/O thread. Used only by the I/O thread of its exchange, except {@link #wake}.
 */
final class SseStream implements ChannelListener<StreamSinkChannel> {
    private static final int MOST_EVENTS_A_WRITE = 100;
    private static final long MOST_BYTES_A_WRITE = 1 << 20;

    /** A timer rings up to so much too early. */
    private static final long TIMERS_RESOLUTION_NANOS = 1_000_000;

    private static final byte[] HEARTBEAT = SseWire.HEARTBEAT.getBytes(StandardCharsets.UTF_8);

    private final SseSurface surface;
    private final HttpServerExchange exchange;
    private final String name;
    private StreamSinkChannel channel;
    private ByteBuffer pending;
    private long cursor;
    private long events;
    private boolean heartbeatDue;
    private long heartbeatNanos;
    private long lastWrittenNanos;
    private boolean lived;
    private XnioExecutor.Key heartbeat;
    private XnioExecutor.Key life;
    private boolean over;

    /**
     * @param name of the stream, or null for all streams together
     * @param after the event after which it continues
     */
    SseStream(SseSurface surface, HttpServerExchange exchange, String name, long after) {
        this.surface = surface;
        this.exchange = exchange;
        this.name = name;
        this.cursor = after;
        this.pending =
                ByteBuffer.wrap(SseWire.opening(surface.reconnectNanos(), after).getBytes(StandardCharsets.UTF_8));
    }

    String name() {
        return name;
    }

    void begin() {
        channel = exchange.getResponseChannel();
        channel.getWriteSetter().set(this);
        exchange.addExchangeCompleteListener((completed, next) -> {
            over();
            next.proceed();
        });
        long lifeNanos = surface.begins(this);
        if (lifeNanos != Lives.FOR_EVER) {
            life = after(lifeNanos, this::endsItsLife);
        }
        lastWrittenNanos = now();
        if (surface.heartbeatNanos() > 0) {
            heartbeatAt(lastWrittenNanos + surface.heartbeatNanos());
        }
        handleEvent(channel); // once it can be woken, so that nothing is missed
    }

    private long now() {
        return surface.source().clock().nanoTime();
    }

    private XnioExecutor.Key after(long nanos, Runnable work) {
        return exchange.getIoThread().executeAfter(work, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private void endsItsLife() {
        lived = true;
        handleEvent(channel);
    }

    private void heartbeatAt(long nanos) {
        heartbeatNanos = nanos;
        heartbeat = after(nanos - now(), this::heartbeat);
    }

    private void heartbeat() {
        long dueNanos = surface.heartbeatsOnlyWhenIdle() ? lastWrittenNanos + surface.heartbeatNanos() : heartbeatNanos;
        if (dueNanos - now() < TIMERS_RESOLUTION_NANOS) {
            heartbeatDue = true;
            handleEvent(channel);
            dueNanos = (surface.heartbeatsOnlyWhenIdle() ? now() : dueNanos) + surface.heartbeatNanos();
        }
        if (!over) {
            heartbeatAt(dueNanos);
        }
    }

    /** There may be something to write. By any thread. */
    void wake() {
        try {
            exchange.getIoThread().execute(() -> handleEvent(channel));
        } catch (RejectedExecutionException e) {
            // the server is closing, and this stream with it
        }
    }

    @Override
    public void handleEvent(StreamSinkChannel sink) {
        if (over) {
            return;
        }
        try {
            boolean taken = write(sink);
            while (taken && fill()) {
                taken = write(sink);
            }
            boolean ends = taken && (lived || surface.lettingGo());
            if (ends) {
                sink.shutdownWrites();
            }
            if (!taken || !sink.flush()) {
                sink.resumeWrites();
                return;
            }
            sink.suspendWrites();
            if (ends) {
                over();
                exchange.endExchange();
            }
        } catch (IOException e) {
            IoUtils.safeClose(exchange.getConnection());
            over();
            exchange.endExchange();
        }
    }

    private boolean write(StreamSinkChannel sink) throws IOException {
        while (pending.hasRemaining()) {
            if (sink.write(pending) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is anything more to write. */
    private boolean fill() {
        Slice slice = surface.source().log().read(name, cursor, MOST_EVENTS_A_WRITE, MOST_BYTES_A_WRITE);
        cursor = Math.max(cursor, slice.end());
        if (slice.events().isEmpty()) {
            boolean beats = heartbeatDue;
            heartbeatDue = false;
            if (beats) {
                pending = ByteBuffer.wrap(HEARTBEAT);
                lastWrittenNanos = now();
                surface.wroteHeartbeat();
            }
            return beats;
        }
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        slice.events().forEach(event -> block(event, blocks));
        pending = ByteBuffer.wrap(blocks.toByteArray());
        lastWrittenNanos = now();
        events += slice.events().size();
        surface.wrote(slice.events().size());
        MeteredHttpServer.answersWith(exchange, events);
        return true;
    }

    private void block(StoredEvent event, ByteArrayOutputStream blocks) {
        long id = name == null ? event.position() : event.event().sequence();
        String head =
                "id: %d\nevent: %s\ndata: ".formatted(id, event.event().type().replaceAll("[\r\n]", " "));
        blocks.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        for (byte one : event.json()) {
            blocks.write(
                    one == '\n' || one == '\r' ? ' ' : one); // between JSON's tokens; a block's lines end with them
        }
        blocks.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private void over() {
        if (!over) {
            over = true;
            forget(heartbeat);
            forget(life);
            surface.ends(this);
        }
    }

    private static void forget(XnioExecutor.Key timer) {
        if (timer != null) {
            timer.remove();
        }
    }
}
