package dev.pushpull.measure;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.AttachmentKey;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.Options;

/** Undertow with one I/O thread, its bytes counted at the socket and its threads named by role. */
public final class MeteredHttpServer implements AutoCloseable {
    /** Longer than {@link MeteredHttpClient} keeps an idle connection. */
    private static final int IDLE_CONNECTIONS_KEPT_MILLIS = 60_000;

    private static final int REQUEST_PARSE_TIMEOUT_MILLIS = 10_000;

    /** Beyond these it accepts none until some are closed: a flood of them costs no more than their memory. */
    private static final int MOST_CONNECTIONS = 20_000;

    /** No limit to request bodies but the handler's own. */
    public static final long ANY_BODY = -1;

    private static final AttachmentKey<Boolean> COUNTED = AttachmentKey.create(Boolean.class);

    private final Undertow undertow;
    private final String host;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();

    /**
     * Takes request bodies of up to 2 MiB.
     *
     * @param port 0 for any free one
     * @throws java.io.UncheckedIOException when it cannot listen there
     */
    public MeteredHttpServer(String host, int port, RoleThreads threads, HttpHandler handler) {
        this(host, port, threads, UndertowOptions.DEFAULT_MAX_ENTITY_SIZE, handler);
    }

    /**
     * @param port 0 for any free one
     * @param mostBodyBytes the largest request body, roughly: chunked ones may be cut off before; or {@link #ANY_BODY}
     * @throws java.io.UncheckedIOException when it cannot listen there
     */
    public MeteredHttpServer(String host, int port, RoleThreads threads, long mostBodyBytes, HttpHandler handler) {
        this.host = host;
        undertow = Undertow.builder()
                .addHttpListener(port, host)
                .setIoThreads(1)
                .setWorkerThreads(2)
                .setWorkerOption(Options.WORKER_NAME, threads.prefix())
                .setSocketOption(Options.CONNECTION_HIGH_WATER, MOST_CONNECTIONS)
                .setSocketOption(Options.CONNECTION_LOW_WATER, MOST_CONNECTIONS * 9 / 10)
                .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, mostBodyBytes)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_CONNECTIONS_KEPT_MILLIS)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_PARSE_TIMEOUT_MILLIS)
                // a client that asks before it sends a large body is told to go on when the body is wanted
                .setHandler(new HttpContinueReadHandler(exchange -> {
                    count(exchange);
                    handler.handleRequest(exchange);
                }))
                .build();
        try {
            undertow.start();
        } catch (RuntimeException e) {
            throw new java.io.UncheckedIOException(
                    "cannot listen on %s:%d: %s".formatted(host, port, rootMessage(e)), new java.io.IOException(e));
        }
    }

    private void count(HttpServerExchange exchange) {
        requests.incrementAndGet();
        if (exchange.getConnection().putAttachment(COUNTED, true) == null) {
            connections.incrementAndGet();
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    /** Where it listens. */
    public URI address() {
        InetSocketAddress bound =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }

    /** What went through its sockets so far; of the connections, those that carried a request. */
    public WireTotals totals() {
        ConnectorStatistics statistics = undertow.getListenerInfo().get(0).getConnectorStatistics();
        return new WireTotals(
                requests.get(), statistics.getBytesSent(), statistics.getBytesReceived(), connections.get());
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
