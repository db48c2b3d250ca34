package dev.pushpull.delivery.websocket;

import dev.pushpull.delivery.stream.OpenStream;
import dev.pushpull.event.StoredEvent;
import io.undertow.server.HttpServerExchange;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.xnio.IoUtils;

/** One WebSocket: it sends a frame, and the next once that has gone. */
final class WebSocketStream extends OpenStream {
    /** The largest message from a client; a larger one ends the connection with 1009 (RFC 6455, 7.4.1). */
    private static final long MOST_BYTES_FROM_CLIENT = 4096;

    private final WebSocketSurface surface;
    private final WebSocketChannel channel;
    private final Deque<ByteBuffer> messages = new ArrayDeque<>();
    private boolean sending;
    private boolean closing;

    /** @param after the event after which it continues */
    WebSocketStream(
            WebSocketSurface surface, HttpServerExchange exchange, WebSocketChannel channel, String name, long after) {
        super(surface.open(), exchange, name, after);
        this.surface = surface;
        this.channel = channel;
        messages.add(ByteBuffer.wrap(WebSocketWire.hello(surface.open().reconnectNanos(), after, endsInNanos())
                .getBytes(StandardCharsets.UTF_8)));
    }

    void begins() {
        channel.addCloseTask(closed -> over());
        channel.getReceiveSetter().set(new Answers());
        channel.resumeReceives();
        begin();
    }

    @Override
    protected void write() {
        if (sending || closing) {
            return;
        }
        if (messages.isEmpty()) {
            for (StoredEvent event : take()) {
                messages.add(ByteBuffer.wrap(event.json()));
            }
        }
        if (!messages.isEmpty()) {
            sending = true;
            WebSockets.sendText(messages.remove(), channel, new Gone());
        } else if (takeHeartbeat()) {
            sending = true;
            WebSockets.sendPing(ByteBuffer.allocate(0), channel, new Gone());
        } else if (ends()) {
            closing = true;
            WebSockets.sendClose(WebSocketWire.GOING_AWAY, "", channel, null);
        }
    }

    /** The frame has gone; the next follows on a fresh stack. */
    private final class Gone implements WebSocketCallback<Void> {
        @Override
        public void complete(WebSocketChannel sent, Void nothing) {
            sending = false;
            wake();
        }

        @Override
        public void onError(WebSocketChannel broken, Void nothing, Throwable cause) {
            over();
            IoUtils.safeClose(broken);
        }
    }

    private final class Answers extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
            surface.acknowledged();
        }

        @Override
        protected void onFullPongMessage(WebSocketChannel from, BufferedBinaryMessage message) {
            message.getData().free();
            surface.pong();
        }

        @Override
        protected long getMaxTextBufferSize() {
            return MOST_BYTES_FROM_CLIENT;
        }

        @Override
        protected long getMaxBinaryBufferSize() {
            return MOST_BYTES_FROM_CLIENT;
        }
    }
}
