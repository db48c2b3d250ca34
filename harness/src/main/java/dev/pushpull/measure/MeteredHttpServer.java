package dev.pushpull.measure;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.OptionMap;
import org.xnio.Options;

/** Undertow with one I/O thread, its bytes counted at the socket and its threads named by role. */
public final class MeteredHttpServer implements AutoCloseable {
    /** So much longer are idle connections kept than a {@link MeteredHttpClient} keeps them. */
    private static final int KEPT_LONGER_MILLIS = 15_000;

    private static final int REQUEST_PARSE_TIMEOUT_MILLIS = 10_000;

    /** Beyond these it accepts none until some are closed: a flood of them costs no more than their memory. */
    private static final int MOST_CONNECTIONS = 20_000;

    /** Undertow's own. */
    private static final int BACKLOG = 1000;

    /** No limit to request bodies but the handler's own. */
    public static final long ANY_BODY = -1;

    private static final AttachmentKey<Boolean> COUNTED = AttachmentKey.create(Boolean.class);

    private final Undertow undertow;

    /** Null where connections are not encrypted. */
    private final TlsListener tls;

    private final Transport transport;
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
        this(host, port, threads, Transport.PLAIN, handler);
    }

    /**
     * The same over any transport.
     *
     * @throws java.io.UncheckedIOException when it cannot listen there
     */
    public MeteredHttpServer(String host, int port, RoleThreads threads, Transport transport, HttpHandler handler) {
        this(host, port, threads, transport, UndertowOptions.DEFAULT_MAX_ENTITY_SIZE, handler);
    }

    /**
     * @param port 0 for any free one
     * @param mostBodyBytes the largest request body, roughly: chunked ones may be cut off before; or {@link #ANY_BODY}
     * @throws java.io.UncheckedIOException when it cannot listen there
     */
    public MeteredHttpServer(
            String host, int port, RoleThreads threads, Transport transport, long mostBodyBytes, HttpHandler handler) {
        this.host = host;
        this.transport = transport;
        int keptMillis = Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(transport.keptNanos())) + KEPT_LONGER_MILLIS;
        Undertow.Builder builder = Undertow.builder();
        if (transport.tls().isEmpty()) {
            builder.addHttpListener(port, host);
        }
        // a client that asks before it sends a large body is told to go on when the body is wanted
        HttpHandler counted = exchange -> {
            count(exchange);
            handler.handleRequest(exchange);
        };
        HttpHandler continued = new HttpContinueReadHandler(counted);
        HttpHandler root = exchange -> {
            boolean asks = exchange.getRequestHeaders().contains(Headers.EXPECT);
            (asks ? continued : counted).handleRequest(exchange);
        };
        undertow = builder.setIoThreads(1)
                .setWorkerThreads(2)
                .setWorkerOption(Options.WORKER_NAME, threads.prefix())
                .setSocketOption(Options.CONNECTION_HIGH_WATER, MOST_CONNECTIONS)
                .setSocketOption(Options.CONNECTION_LOW_WATER, MOST_CONNECTIONS * 9 / 10)
                .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, mostBodyBytes)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, keptMillis)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_PARSE_TIMEOUT_MILLIS)
                .setHandler(root)
                .build();
        try {
            undertow.start();
            tls = transport.tls().isEmpty() ? null : encrypted(port, mostBodyBytes, keptMillis, root);
        } catch (RuntimeException | IOException e) {
            undertow.stop();
            throw new java.io.UncheckedIOException(
                    "cannot listen on %s:%d: %s".formatted(host, port, rootMessage(e)), new IOException(e));
        }
    }

    private TlsListener encrypted(int port, long mostBodyBytes, int keptMillis, HttpHandler root) throws IOException {
        return new TlsListener(
                undertow.getWorker(),
                new InetSocketAddress(host, port),
                transport.tls().orElseThrow(),
                OptionMap.builder()
                        .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                        .set(UndertowOptions.MAX_ENTITY_SIZE, mostBodyBytes)
                        .set(UndertowOptions.NO_REQUEST_TIMEOUT, keptMillis)
                        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_PARSE_TIMEOUT_MILLIS)
                        .getMap(),
                OptionMap.builder()
                        .set(Options.TCP_NODELAY, true)
                        .set(Options.REUSE_ADDRESSES, true)
                        .set(Options.BACKLOG, BACKLOG)
                        .set(Options.CONNECTION_HIGH_WATER, MOST_CONNECTIONS)
                        .set(Options.CONNECTION_LOW_WATER, MOST_CONNECTIONS * 9 / 10)
                        .getMap(),
                root);
    }

    private void count(HttpServerExchange exchange) {
        requests.incrementAndGet();
        if (exchange.getConnection().getAttachment(COUNTED) == null) {
            exchange.getConnection().putAttachment(COUNTED, true);
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
        InetSocketAddress bound = tls != null
                ? tls.address()
                : (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return URI.create(
                transport.scheme() + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }

    /** What went through its sockets so far; of the connections, those that carried a request. */
    public WireTotals totals() {
        if (tls != null) {
            return new WireTotals(
                    requests.get(),
                    tls.bytesSent(),
                    tls.bytesReceived(),
                    connections.get(),
                    new WireTotals.Outside(tls.bytesSentInFarewell(), 0));
        }
        ConnectorStatistics statistics = undertow.getListenerInfo().get(0).getConnectorStatistics();
        return new WireTotals(
                requests.get(), statistics.getBytesSent(), statistics.getBytesReceived(), connections.get());
    }

    @Override
    public void close() {
        if (tls != null) {
            tls.close();
        }
        undertow.stop();
    }
}
