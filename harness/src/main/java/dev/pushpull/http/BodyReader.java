package dev.pushpull.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads a request's body on the I/O thread, up to a limit, without ever blocking. Undertow's own receiver copies byte
 * by byte, which took most of the receiver's CPU time. A {@link MeteredHttpServer} makes sure that the body arrives in
 * time.
 */
public final class BodyReader {
    private static final int FIRST_BYTES = 4096;

    /** No more memory than this is reserved in advance, because a length is easily declared. */
    private static final int MOST_AHEAD_BYTES = 64 << 10;

    /** How much of a body that is too large is still read, so that its sender can read the answer; then we hang up. */
    private static final long MOST_DISCARDED_BYTES = 2 << 20;

    private final HttpServerExchange exchange;
    private final int mostBytes;
    private final Taker taker;
    private final Connections connections;
    private byte[] body = {};
    private int length;
    private boolean concluded;

    /** What happens to the body; exactly one of the five is called, once. */
    public interface Taker {
        void complete(HttpServerExchange exchange, byte[] body);

        void tooLarge(HttpServerExchange exchange);

        void cutOff(HttpServerExchange exchange);

        /** There is no memory for it now, beside the other bodies that are arriving. */
        void noRoom(HttpServerExchange exchange);

        /** The connection is closed. */
        void tooSlow();
    }

    private enum State {
        COMPLETE,
        TOO_LARGE,
        CUT_OFF,
        NO_ROOM,
        MORE_TO_COME
    }

    private BodyReader(HttpServerExchange exchange, int mostBytes, Taker taker) {
        this.exchange = exchange;
        this.mostBytes = mostBytes;
        this.taker = taker;
        this.connections = Connections.of(exchange);
    }

    /** Makes sure that a refused body is not read to its end if that is too far. */
    static void bound(HttpServerExchange exchange, long mostBytes) {
        if (exchange.isRequestComplete()) {
            return;
        }
        long declared = exchange.getRequestContentLength();
        if (declared < 0 || declared > mostBytes) {
            exchange.addRequestWrapper(
                    (factory, unbounded) -> new BoundedSource(factory.create(), mostBytes + MOST_DISCARDED_BYTES));
        }
    }

    /** Reads what has arrived, and the rest as it arrives; a body beyond {@code mostBytes} is too large. */
    public static void read(HttpServerExchange exchange, int mostBytes, Taker taker) {
        if (exchange.getRequestContentLength() > mostBytes) {
            taker.tooLarge(exchange);
            return;
        }
        new BodyReader(exchange, mostBytes, taker).begin();
    }

    private void begin() {
        StreamSourceChannel channel = exchange.getRequestChannel();
        State state = drain(channel);
        if (state == State.MORE_TO_COME) {
            exchange.putAttachment(ServedConnection.GIVEN_UP, () -> {
                if (end()) {
                    taker.tooSlow();
                }
            });
            channel.getReadSetter().set(ready -> {
                State then = drain(ready);
                if (then != State.MORE_TO_COME) {
                    ready.suspendReads();
                    Connectors.executeRootHandler(handled -> conclude(then), exchange);
                }
            });
            channel.resumeReads();
        } else {
            conclude(state);
        }
    }

    private State drain(StreamSourceChannel channel) {
        try (PooledByteBuffer pooled =
                exchange.getConnection().getByteBufferPool().allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            while (true) {
                buffer.clear();
                int count = channel.read(buffer);
                if (count < 0) {
                    return State.COMPLETE;
                }
                if (count == 0) {
                    return State.MORE_TO_COME;
                }
                if (count > mostBytes - length) {
                    return State.TOO_LARGE;
                }
                if (length + count > body.length && !grow(length + count)) {
                    return State.NO_ROOM;
                }
                buffer.flip().get(body, length, count);
                length += count;
            }
        } catch (IOException e) {
            return State.CUT_OFF;
        }
    }

    private boolean grow(int needed) {
        long declared = exchange.getRequestContentLength();
        long first = declared > 0 ? Math.min(declared, MOST_AHEAD_BYTES) : FIRST_BYTES;
        int size = (int) Math.min(mostBytes, Math.max(needed, body.length == 0 ? first : 2L * body.length));
        if (!connections.setAside(size - body.length)) {
            return false;
        }
        body = Arrays.copyOf(body, size);
        return true;
    }

    /** @return whether this call ended it */
    private boolean end() {
        if (concluded) {
            return false;
        }
        concluded = true;
        connections.setFree(body.length);
        return true;
    }

    private void conclude(State state) {
        if (!end()) {
            return;
        }
        switch (state) {
            case COMPLETE -> taker.complete(exchange, length == body.length ? body : Arrays.copyOf(body, length));
            case TOO_LARGE -> taker.tooLarge(exchange);
            case NO_ROOM -> taker.noRoom(exchange);
            default -> taker.cutOff(exchange);
        }
    }
}
