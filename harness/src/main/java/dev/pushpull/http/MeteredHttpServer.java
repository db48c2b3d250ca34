package dev.pushpull.http;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Failures;
import io.undertow.server.DefaultResponseListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * Undertow with one I/O thread, its bytes counted at the socket and its threads named by role. It limits what a peer
 * may take of it: see {@link Connections}.
 */
public final class MeteredHttpServer implements AutoCloseable {
    /** Idle connections are kept this much longer than a {@link MeteredHttpClient} keeps them. */
    private static final long KEPT_LONGER_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** Limits bodies that no handler reads itself. */
    private static final long MOST_BODY_BYTES = 2 << 20;

    private static final int WORKERS = 2;

    /** After a failed request the connection is not used again: nobody knows how much of the request was read. */
    private static final DefaultResponseListener FAILED_CLOSES = exchange -> {
        if (exchange.getAttachment(DefaultResponseListener.EXCEPTION) != null && !exchange.isResponseStarted()) {
            exchange.setPersistent(false);
        }
        return false;
    };

    private final XnioWorker worker;
    private final Connections connections;
    private final ServedPorts ports = new ServedPorts();
    private final ListeningPorts listening;
    private final long mostBodyBytes;
    private final HttpHandler handler;
    private final HttpHandler continued;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong requests = new AtomicLong();
    private final Map<String, Long> faulty = new ConcurrentHashMap<>();

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
        this(host, port, threads, transport, MOST_BODY_BYTES, handler);
    }

    /**
     * @param port 0 for any free one
     * @param mostBodyBytes the largest request body that a handler wants; a good deal more is read before breaking off
     * @throws java.io.UncheckedIOException when it cannot listen there
     */
    public MeteredHttpServer(
            String host, int port, RoleThreads threads, Transport transport, long mostBodyBytes, HttpHandler handler) {
        this(
                host,
                port,
                threads,
                transport,
                mostBodyBytes,
                Connections.Limits.keeping(transport.keptNanos() + KEPT_LONGER_NANOS),
                handler);
    }

    /**
     * A server that has its address already; clients wait until it is told to {@link #accept}.
     *
     * @param held it keeps so many connections at least
     * @throws java.io.UncheckedIOException when it cannot listen there
     */
    public static MeteredHttpServer bound(
            String host, int port, RoleThreads threads, Transport transport, int held, HttpHandler handler) {
        return new MeteredHttpServer(
                host,
                port,
                threads,
                transport,
                MOST_BODY_BYTES,
                Connections.Limits.keeping(transport.keptNanos() + KEPT_LONGER_NANOS, held),
                handler,
                false);
    }

    MeteredHttpServer(
            String host,
            int port,
            RoleThreads threads,
            Transport transport,
            long mostBodyBytes,
            Connections.Limits limits,
            HttpHandler handler) {
        this(host, port, threads, transport, mostBodyBytes, limits, handler, true);
    }

    private MeteredHttpServer(
            String host,
            int port,
            RoleThreads threads,
            Transport transport,
            long mostBodyBytes,
            Connections.Limits limits,
            HttpHandler handler,
            boolean accepts) {
        ServersLog.keepShort();
        this.mostBodyBytes = mostBodyBytes;
        this.handler = handler;
        // a client that asks before sending a large body is told to continue when the body is wanted
        this.continued = new HttpContinueReadHandler(handler);
        this.connections = new Connections(limits);
        try {
            worker = Xnio.getInstance(MeteredHttpServer.class.getClassLoader())
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_NAME, threads.prefix())
                            .set(Options.WORKER_IO_THREADS, 1)
                            .set(Options.WORKER_TASK_CORE_THREADS, WORKERS)
                            .set(Options.WORKER_TASK_MAX_THREADS, WORKERS)
                            .getMap());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            listening = new ListeningPorts(
                    host,
                    port,
                    transport,
                    any -> new HttpListener(
                            worker, new InetSocketAddress(host, any), transport, connections, ports, this::handle));
        } catch (RuntimeException | IOException e) {
            stopWorker();
            throw new UncheckedIOException(
                    "cannot listen on %s:%d: %s".formatted(host, port, rootMessage(e)), new IOException(e));
        }
        lookNext(limits.lookEveryNanos());
        if (accepts) {
            accept();
        }
    }

    /** Accepts clients and answers from now on. */
    public void accept() {
        listening.accept();
    }

    /** Its ports. */
    public ListeningPorts listening() {
        return listening;
    }

    /** Repeats until the worker is shut down. */
    private void lookNext(long nanos) {
        try {
            worker.getIoThread()
                    .executeAfter(
                            () -> {
                                connections.closeLate();
                                lookNext(nanos);
                            },
                            nanos,
                            TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // shutting down
        }
    }

    private void handle(HttpServerExchange exchange) throws Exception {
        requests.incrementAndGet();
        ServedConnection connection = connections.heard(exchange);
        String fault = RequestHead.fault(exchange, connection);
        if (fault != null) {
            faulty.merge(fault, 1L, Long::sum);
            exchange.setProtocol(Protocols.HTTP_1_1); // we answer in our own protocol version, whatever the request's
            exchange.setPersistent(false);
            exchange.setStatusCode(StatusCodes.BAD_REQUEST);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
            exchange.getResponseSender().send(fault + "\n");
            return;
        }
        exchange.addDefaultResponseListener(FAILED_CLOSES);
        BodyReader.bound(exchange, mostBodyBytes);
        boolean asks = exchange.getRequestHeaders().contains(Headers.EXPECT);
        (asks ? continued : handler).handleRequest(exchange);
    }

    private void stopWorker() {
        worker.shutdown();
        try {
            worker.awaitTermination();
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Failures.sentence(root);
    }

    /** Where it listens. */
    public URI address() {
        return listening.address(0);
    }

    /** Requests that no handler saw because their heads were wrong, by the fault. */
    public Map<String, Long> faulty() {
        return Map.copyOf(faulty);
    }

    /** Connections that are open now. */
    int connections() {
        return connections.open();
    }

    /** Notes that the answer to this request has events, and how many. Has no effect on a connection of another server. */
    public static void answersWith(HttpServerExchange exchange, long events) {
        ServedConnection serving = Connections.serving(exchange);
        if (serving != null) {
            serving.count().answersWith(events);
        }
    }

    /** What its clients asked for and got, by their addresses. */
    public Map<String, Carried> byAddress() {
        return ports.byAddress();
    }

    /** What passed through its sockets so far; only connections that carried a request are counted. */
    public WireTotals totals() {
        return new WireTotals(
                requests.get(),
                listening.sum(HttpListener::bytesSent),
                listening.sum(HttpListener::bytesReceived),
                connections.served(),
                new WireTotals.Outside(listening.sum(HttpListener::bytesSentInFarewell), 0),
                ports.carried());
    }

    /** Only once: XNIO would wait for ever for a worker that has stopped. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            listening.close();
            stopWorker();
        }
    }
}
