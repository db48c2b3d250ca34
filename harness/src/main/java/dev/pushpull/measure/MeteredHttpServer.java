package dev.pushpull.measure;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.Options;

/** Undertow with one I/O thread, its bytes counted at the socket and its threads named by role. */
public final class MeteredHttpServer implements AutoCloseable {
    /** Longer than {@link MeteredHttpClient} keeps an idle connection. */
    private static final int IDLE_CONNECTIONS_KEPT_MILLIS = 60_000;

    private static final int REQUEST_PARSE_TIMEOUT_MILLIS = 10_000;

    private final Undertow undertow;
    private final String host;
    private final AtomicLong requests = new AtomicLong();

    /**
     * @param port 0 for any free one
     * @throws java.io.UncheckedIOException when it cannot listen there
     */
    public MeteredHttpServer(String host, int port, RoleThreads threads, HttpHandler handler) {
        this.host = host;
        undertow = Undertow.builder()
                .addHttpListener(port, host)
                .setIoThreads(1)
                .setWorkerThreads(2)
                .setWorkerOption(Options.WORKER_NAME, threads.prefix())
                .setServerOption(UndertowOptions.ENABLE_STATISTICS, true)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_CONNECTIONS_KEPT_MILLIS)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, REQUEST_PARSE_TIMEOUT_MILLIS)
                .setHandler(exchange -> {
                    requests.incrementAndGet();
                    handler.handleRequest(exchange);
                })
                .build();
        try {
            undertow.start();
        } catch (RuntimeException e) {
            throw new java.io.UncheckedIOException(
                    "cannot listen on %s:%d: %s".formatted(host, port, rootMessage(e)), new java.io.IOException(e));
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
        return URI.create("http://" + host + ":" + bound.getPort());
    }

    /** What went through its sockets so far. */
    public WireTotals totals() {
        ConnectorStatistics statistics = undertow.getListenerInfo().get(0).getConnectorStatistics();
        return new WireTotals(
                requests.get(),
                statistics.getBytesSent(),
                statistics.getBytesReceived(),
                statistics.getMaxActiveConnections());
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
