package dev.pushpull.delivery.sse;

import dev.pushpull.delivery.stream.OpenStream;
import dev.pushpull.delivery.stream.OpenStreams;
import dev.pushpull.event.StoredEvent;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/** One answer that goes on: it writes when the socket takes bytes, and stops when it does not. */
final class SseStream extends OpenStream {
    private static final byte[] HEARTBEAT = SseWire.HEARTBEAT.getBytes(StandardCharsets.UTF_8);

    private final HttpServerExchange exchange;
    private StreamSinkChannel sink;
    private ByteBuffer pending;

    /** @param after the event after which it continues */
    SseStream(OpenStreams all, HttpServerExchange exchange, String name, long after) {
        super(all, exchange, name, after);
        this.exchange = exchange;
        this.pending = ByteBuffer.wrap(
                SseWire.opening(all.reconnectNanos(), after, endsInNanos()).getBytes(StandardCharsets.UTF_8));
    }

    void answer() {
        sink = exchange.getResponseChannel();
        sink.getWriteSetter().set(ready -> goOn());
        exchange.addExchangeCompleteListener((completed, next) -> {
            over();
            next.proceed();
        });
        begin();
    }

    @Override
    protected void write() {
        try {
            boolean taken = writePending();
            while (taken && fill()) {
                taken = writePending();
            }
            boolean ends = taken && ends();
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

    private boolean writePending() throws IOException {
        while (pending.hasRemaining()) {
            if (sink.write(pending) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is anything more to write. */
    private boolean fill() {
        List<StoredEvent> events = take();
        if (events.isEmpty()) {
            boolean beats = takeHeartbeat();
            pending = ByteBuffer.wrap(beats ? HEARTBEAT : new byte[0]);
            return beats;
        }
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        events.forEach(event ->
                blocks.writeBytes(SseWire.block(id(event), event.event().type(), event.json())));
        pending = ByteBuffer.wrap(blocks.toByteArray());
        return true;
    }
}
