package dev.pushpull.watch;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * One open page. A message that comes while the one before is still being written is lost, and counted: a page that
 * cannot follow takes no memory. It then gets everything anew with the next one.
 */
final class WatchClient {
    private final HttpServerExchange exchange;
    private final AtomicBoolean busy = new AtomicBoolean();
    private StreamSinkChannel sink;
    private volatile ByteBuffer pending;
    private volatile boolean over;
    private boolean behind = true;
    private long dropped;

    WatchClient(HttpServerExchange exchange) {
        this.exchange = exchange;
    }

    /** Begins to answer, on the connection's own thread. */
    void answer() {
        sink = exchange.getResponseChannel();
        sink.getWriteSetter().set(ready -> goOn());
        exchange.addExchangeCompleteListener((completed, next) -> {
            over = true;
            next.proceed();
        });
    }

    /** Whether it has gone. */
    boolean over() {
        return over;
    }

    /** Whether it needs everything anew: it has just come, or missed a message. Asked by one thread. */
    boolean behind() {
        return behind;
    }

    /** Messages that it was too slow for. Asked by the same thread. */
    long dropped() {
        return dropped;
    }

    /** Sends a message, or drops it. Called by the same thread. */
    void offer(byte[] message) {
        if (over) {
            return;
        }
        if (!busy.compareAndSet(false, true)) {
            dropped++;
            behind = true;
            return;
        }
        behind = false;
        pending = ByteBuffer.wrap(message);
        try {
            exchange.getIoThread().execute(this::goOn);
        } catch (RejectedExecutionException e) { // the server is closing
            over = true;
        }
    }

    /** Ends the connection; a page that is still there comes back by itself. */
    void hangUp() {
        over = true;
        IoUtils.safeClose(exchange.getConnection());
    }

    private void goOn() {
        try {
            while (pending.hasRemaining()) {
                if (sink.write(pending) == 0) {
                    sink.resumeWrites();
                    return;
                }
            }
            if (!sink.flush()) {
                sink.resumeWrites();
                return;
            }
            sink.suspendWrites();
            busy.set(false);
        } catch (IOException e) {
            over = true;
            IoUtils.safeClose(exchange.getConnection());
            exchange.endExchange();
        }
    }
}
