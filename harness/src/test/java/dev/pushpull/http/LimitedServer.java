package dev.pushpull.http;

import static dev.pushpull.testing.Eventually.eventually;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Scenario.Wire;
import dev.pushpull.testing.RawClient;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** A server whose connections are limited in number and time, and clients that send it any bytes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
abstract class LimitedServer {
    static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    static final long NEVER_NANOS = TimeUnit.HOURS.toNanos(1);
    static final Transport TLS = Transport.over(new Wire(true, 0, NEVER_NANOS));
    static final int LARGE_BYTES = 64 << 20;
    static final ByteBuffer LARGE = ByteBuffer.allocate(LARGE_BYTES);
    final List<RawClient> clients = new ArrayList<>();
    final List<HttpServerExchange> held = new ArrayList<>();
    final AtomicInteger tooSlow = new AtomicInteger();
    MeteredHttpServer server;

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    void serve(Connections.Limits limits, Transport transport) {
        server = new MeteredHttpServer(
                "127.0.0.1", 0, new RoleThreads("test", RoleThreads.PROVIDER), transport, 1 << 20, limits, this::take);
    }

    static Connections.Limits hurried() {
        return new Connections.Limits(1000, SHORT_NANOS, NEVER_NANOS, SHORT_NANOS, Long.MAX_VALUE);
    }

    static Connections.Limits atMost(int connections) {
        return new Connections.Limits(connections, NEVER_NANOS, NEVER_NANOS, NEVER_NANOS, Long.MAX_VALUE);
    }

    void take(HttpServerExchange exchange) {
        switch (exchange.getRequestPath()) {
            case "/held" ->
                exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
                    synchronized (held) {
                        held.add(exchange);
                    }
                });
            case "/large" -> exchange.getResponseSender().send(LARGE.duplicate());
            case "/read" ->
                BodyReader.read(exchange, 1 << 20, new BodyReader.Taker() {
                    @Override
                    public void complete(HttpServerExchange ready, byte[] body) {
                        ready.getResponseSender().send(Integer.toString(body.length));
                    }

                    @Override
                    public void tooLarge(HttpServerExchange refused) {
                        end(refused, StatusCodes.REQUEST_ENTITY_TOO_LARGE);
                    }

                    @Override
                    public void cutOff(HttpServerExchange broken) {
                        end(broken, StatusCodes.BAD_REQUEST);
                    }

                    @Override
                    public void noRoom(HttpServerExchange crowded) {
                        end(crowded, StatusCodes.SERVICE_UNAVAILABLE);
                    }

                    @Override
                    public void tooSlow() {
                        tooSlow.incrementAndGet();
                    }
                });
            default -> end(exchange, StatusCodes.NOT_FOUND);
        }
    }

    static void end(HttpServerExchange exchange, int status) {
        exchange.setStatusCode(status);
        exchange.endExchange();
    }

    RawClient connect() throws IOException {
        RawClient client = new RawClient(server.address());
        clients.add(client);
        return client;
    }

    RawClient connectAndSend(String bytes) throws IOException {
        RawClient client = connect();
        client.send(bytes.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    void openAre(int count) {
        eventually(count + " connections are open", () -> server.connections() == count);
    }
}
