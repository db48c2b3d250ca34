package dev.pushpull.provider;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import dev.pushpull.host.NanoClock;
import dev.pushpull.schedule.RequestQuota;
import io.undertow.io.Receiver;
import io.undertow.io.Sender;
import io.undertow.server.BlockingHttpExchange;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the provider's own handler take of a poll, by what it brings? The parsed request goes in and the page comes
 * out, without a socket, Undertow's parsing or its writing: beside {@code PollRoundTrip}, how much of a round trip is our
 * code. It stands in the handler's package because the handler is nobody else's business.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PollingHandler {
    private static final int HEAD = 1_000;
    private static final String STREAM = "c0";

    /** Events in the answer; {@code unchanged} asks with the ETag and is answered 304. */
    @Param({"unchanged", "0", "1", "10", "100"})
    private String events;

    private final NoConnection connection = new NoConnection();
    private final Answer answer = new Answer();
    private EventsHandler handler;
    private String cursor;
    private String validator;

    /** Takes what the handler sends. */
    private static final class Answer implements BlockingHttpExchange {
        private ByteBuffer sent;
        private final Sender sender = (Sender) Proxy.newProxyInstance(
                Sender.class.getClassLoader(), new Class<?>[] {Sender.class}, (proxy, method, arguments) -> {
                    sent = (ByteBuffer) arguments[0];
                    return null;
                });

        @Override
        public Sender getSender() {
            return sender;
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public Receiver getReceiver() {
            throw new UnsupportedOperationException("a poll has no body");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Setup
    public void fill() {
        String data = "{\"filler\":\"" + "x".repeat(1_011) + "\"}";
        EventLog log = new EventLog(10_000);
        for (int i = 0; i < HEAD; i++) {
            log.append(new EventDraft("evt_" + i, STREAM, "payment.succeeded", 0, data));
        }
        handler = new EventsHandler(
                log,
                new HeldPolls(),
                posted -> null,
                draft -> CompletableFuture.completedFuture(log.append(draft)),
                RequestQuota.NONE,
                NanoClock.SYSTEM);
        boolean unchanged = events.equals("unchanged");
        int expected = unchanged ? 0 : Integer.parseInt(events);
        cursor = Integer.toString(HEAD - expected);
        validator = unchanged ? "\"" + HEAD + "\"" : null;
        HttpServerExchange answered = poll();
        long served = handler.eventsServed();
        int status = unchanged ? StatusCodes.NOT_MODIFIED : StatusCodes.OK;
        if (answered.getStatusCode() != status || served != expected || unchanged && answer.sent != null) {
            throw new IllegalStateException("answered %d with %d events".formatted(answered.getStatusCode(), served));
        }
    }

    @Benchmark
    public HttpServerExchange poll() {
        HttpServerExchange exchange = new HttpServerExchange(connection, new HeaderMap(), new HeaderMap(), -1);
        exchange.setRequestMethod(Methods.GET);
        exchange.setProtocol(Protocols.HTTP_1_1);
        exchange.setRequestPath("/events");
        exchange.addQueryParam("stream", STREAM);
        exchange.addQueryParam("limit", "100");
        exchange.addQueryParam("after", cursor);
        if (validator != null) {
            exchange.getRequestHeaders().put(Headers.IF_NONE_MATCH, validator);
        }
        Connectors.terminateRequest(exchange);
        exchange.startBlocking(answer);
        handler.handleRequest(exchange);
        return exchange;
    }
}
