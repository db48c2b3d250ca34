package dev.pushpull.provider.polling;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xnio.XnioExecutor;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Polls that wait at the provider for an event of their stream. They take no threads: an appended event, the I/O
 * thread's timer, or the client's departure ends the wait, and the I/O thread of the exchange answers.
 */
final class HeldPolls {
    /** A longer wait is cut to this, and the answer says so. */
    static final long MOST_SECONDS = 60;

    private static final HttpString PREFER = new HttpString("Prefer");
    private static final HttpString PREFERENCE_APPLIED = new HttpString("Preference-Applied");
    private static final Pattern WAIT =
            Pattern.compile("(?:^|,)\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?=[,;]|$)", Pattern.CASE_INSENSITIVE);

    /** By stream; polls that wait for any event have the empty key. A set is changed only inside compute. */
    private final ConcurrentHashMap<Optional<String>, Set<Held>> waiting = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean lettingGo;

    /** How long the client wants to wait ({@code Prefer: wait=SECONDS}, RFC 7240), cut to the limit; 0 for no wait. */
    static long secondsAsked(HttpServerExchange exchange) {
        HeaderValues lines = exchange.getRequestHeaders().get(PREFER);
        if (lines != null) {
            for (String line : lines) {
                Matcher wait = WAIT.matcher(line);
                if (wait.find()) {
                    return Math.min(MOST_SECONDS, Long.parseLong(wait.group(1)));
                }
            }
        }
        return 0;
    }

    /** Adds to the answer that the wait was granted. */
    static void grant(HttpServerExchange exchange, long seconds) {
        exchange.getResponseHeaders().put(PREFERENCE_APPLIED, "wait=" + seconds);
    }

    /**
     * Holds a poll that found nothing until it may find something or its time is up. Called on its I/O thread.
     *
     * @param stream what it waits for; null for any event
     * @param changed whether something has arrived since the look that found nothing
     * @param answer looks again and answers, whatever there is
     */
    void hold(HttpServerExchange exchange, String stream, long seconds, BooleanSupplier changed, HttpHandler answer) {
        Held held = new Held(exchange, Optional.ofNullable(stream), answer);
        Runnable whenTheHandlerHasReturned = () -> {
            held.register(seconds);
            VarHandle.fullFence(); // must precede the look that follows: see wake
            if (lettingGo || changed.getAsBoolean()) {
                held.release();
            }
        };
        exchange.dispatch(SameThreadExecutor.INSTANCE, whenTheHandlerHasReturned);
    }

    /** An event of a stream is in the log: polls waiting for it look again. */
    void wake(String stream) {
        VarHandle.fullFence(); // after the append; a poll counted later looks later still
        if (count.get() > 0) {
            release(Optional.of(stream));
            release(Optional.empty());
        }
    }

    private void release(Optional<String> key) {
        Set<Held> woken = waiting.remove(key);
        if (woken != null) {
            woken.forEach(Held::release);
        }
    }

    /** Answers all at once, and holds no more from now on. */
    void letGo() {
        lettingGo = true;
        VarHandle.fullFence();
        waiting.keySet().forEach(this::release);
    }

    /** How many are held now. */
    int count() {
        return count.get();
    }

    private final class Held {
        private final HttpServerExchange exchange;
        private final Optional<String> key;
        private final HttpHandler answer;
        private final AtomicBoolean released = new AtomicBoolean();
        private XnioExecutor.Key timeout;

        Held(HttpServerExchange exchange, Optional<String> key, HttpHandler answer) {
            this.exchange = exchange;
            this.key = key;
            this.answer = answer;
        }

        void register(long seconds) {
            count.incrementAndGet();
            timeout = exchange.getIoThread().executeAfter(this::release, seconds, TimeUnit.SECONDS);
            watchForDeparture();
            waiting.compute(key, (same, held) -> {
                Set<Held> set = held == null ? new HashSet<>() : held;
                set.add(this);
                return set;
            });
        }

        /** The first caller ends the wait. */
        void release() {
            if (released.compareAndSet(false, true)) {
                count.decrementAndGet();
                timeout.remove();
                waiting.computeIfPresent(key, (same, held) -> {
                    held.remove(this);
                    return held.isEmpty() ? null : held;
                });
                exchange.getIoThread().execute(() -> Connectors.executeRootHandler(answer, exchange));
            }
        }

        /**
         * Nobody reads a connection during an exchange, so a client that left would go unnoticed until the answer. A
         * client that merely closed its sending side looks the same, so it gets its answer.
         */
        private void watchForDeparture() {
            if (exchange.isRequestComplete()
                    && exchange.getConnection() instanceof HttpServerConnection connection
                    && connection.getExtraBytes() == null) {
                ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
                source.setReadListener(readable -> look(connection, readable));
                source.resumeReads();
            }
        }

        private void look(HttpServerConnection connection, ConduitStreamSourceChannel source) {
            PooledByteBuffer ahead = connection.getByteBufferPool().allocate();
            try {
                int read = source.read(ahead.getBuffer());
                if (read == 0) {
                    ahead.close();
                    return;
                }
                source.suspendReads(); // resumed when the exchange ends
                if (read > 0) {
                    ahead.getBuffer().flip();
                    connection.ungetRequestBytes(ahead); // the next request, ahead of time
                    return;
                }
            } catch (IOException e) {
                source.suspendReads();
            }
            ahead.close();
            release();
        }
    }
}
