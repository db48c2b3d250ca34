package dev.pushpull.delivery.webhook;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads a request's body on the I/O thread, up to a limit, without ever blocking. Undertow's own receiver copies byte by
 * byte, which made up most of the receiver's CPU time.
 */
final class BodyReader {
    private static final int FIRST_BYTES = 4096;

    /** What is still read of a body that is too large, so that its sender gets to read the answer; then we hang up. */
    private static final long MOST_DISCARDED_BYTES = 2 << 20;

    /** Whoever has not sent a body within this time does not mean to. */
    private static final long LONGEST_SECONDS = 10;

    private final HttpServerExchange exchange;
    private final int mostBytes;
    private final Taker taker;
    private byte[] body;
    private int length;

    /** What becomes of the body; one of the four is called, once. */
    interface Taker {
        void complete(HttpServerExchange exchange, byte[] body);

        void tooLarge(HttpServerExchange exchange);

        void cutOff(HttpServerExchange exchange);

        /** The connection is closed. */
        void tooSlow();
    }

    private enum State {
        COMPLETE,
        TOO_LARGE,
        CUT_OFF,
        MORE_TO_COME
    }

    private BodyReader(HttpServerExchange exchange, int mostBytes, Taker taker) {
        this.exchange = exchange;
        this.mostBytes = mostBytes;
        this.taker = taker;
        long declared = exchange.getRequestContentLength();
        this.body = new byte[(int) Math.min(mostBytes, declared > 0 ? declared : FIRST_BYTES)];
    }

    /** Sees to it that a body that is refused, for whatever reason, is not read to its end if that is too far. */
    static void bound(HttpServerExchange exchange, int mostBytes) {
        boolean mayBeLong = exchange.getRequestContentLength() < 0 && !exchange.isRequestComplete()
                || exchange.getRequestContentLength() > mostBytes;
        if (mayBeLong) {
            exchange.addRequestWrapper(
                    (factory, unbounded) -> new BoundedSource(factory.create(), mostBytes + MOST_DISCARDED_BYTES));
        }
    }

    /** Reads what is there and the rest as it comes; bodies beyond {@code mostBytes} are too large. */
    static void read(HttpServerExchange exchange, int mostBytes, Taker taker) {
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
            XnioExecutor.Key deadline = exchange.getIoThread()
                    .executeAfter(
                            () -> {
                                taker.tooSlow();
                                IoUtils.safeClose(exchange.getConnection());
                            },
                            LONGEST_SECONDS,
                            TimeUnit.SECONDS);
            channel.getReadSetter().set(ready -> {
                State then = drain(ready);
                if (then != State.MORE_TO_COME && deadline.remove()) { // else it was too slow
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
                if (length + count > body.length) {
                    body = Arrays.copyOf(body, Math.min(mostBytes, Math.max(2 * body.length, length + count)));
                }
                buffer.flip().get(body, length, count);
                length += count;
            }
        } catch (IOException e) {
            return State.CUT_OFF;
        }
    }

    private void conclude(State state) {
        switch (state) {
            case COMPLETE -> taker.complete(exchange, length == body.length ? body : Arrays.copyOf(body, length));
            case TOO_LARGE -> taker.tooLarge(exchange);
            default -> taker.cutOff(exchange);
        }
    }
}
