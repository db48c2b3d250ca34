package dev.pushpull.http;

import io.undertow.UndertowOptions;
import io.undertow.conduits.BytesReceivedStreamSourceConduit;
import io.undertow.conduits.BytesSentStreamSinkConduit;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/**
 * Listens for HTTP, with or without TLS; clients wait until it accepts them. Bytes are counted at the socket, below
 * TLS.
 */
final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 1000;

    /**
     * How much of an unread answer the kernel keeps. By itself it keeps up to 4 MiB: 400 clients that did not read took
     * all its memory for TCP, and an honest one waited for seconds.
     */
    private static final int KERNEL_SEND_BYTES = 256 << 10;

    /** Undertow's own size, which leaves room for headers. */
    private static final int BUFFER_BYTES = 16 * 1024 - 20;

    private static final int TLS_BUFFER_BYTES = 16 * 1024;
    private static final int BUFFERS_A_THREAD = 4;

    /** A head is kept whole while it arrives, for each connection. */
    private static final int MOST_HEAD_BYTES = 32 * 1024;

    /** Null when connections are not encrypted. */
    private final UndertowXnioSsl ssl;

    private final Connections connections;
    private final HttpOpenListener http;
    private final XnioWorker worker;
    private volatile AcceptingChannel<StreamConnection> listening;
    private final InetSocketAddress address;
    private HeldPort held;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong farewell = new AtomicLong();
    private final ServedPorts ports;

    /**
     * @param worker runs its threads
     * @param ports where its connections are listed, perhaps beside those of others
     * @throws IOException when it cannot listen there
     */
    HttpListener(
            XnioWorker worker,
            InetSocketAddress address,
            Transport transport,
            Connections connections,
            ServedPorts ports,
            HttpHandler handler)
            throws IOException {
        this.worker = worker;
        this.connections = connections;
        this.ports = ports;
        ssl = transport.tls().isEmpty()
                ? null
                : new UndertowXnioSsl(
                        worker.getXnio(), OptionMap.EMPTY, transport.tls().get().serverContext());
        http = new HttpOpenListener(
                new DefaultByteBufferPool(true, ssl == null ? BUFFER_BYTES : TLS_BUFFER_BYTES, -1, BUFFERS_A_THREAD),
                OptionMap.builder()
                        .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                        .set(UndertowOptions.MAX_HEADER_SIZE, MOST_HEAD_BYTES)
                        .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                        .getMap());
        http.setRootHandler(handler);
        listening = listenAt(address);
        this.address = (InetSocketAddress) listening.getLocalAddress();
    }

    private AcceptingChannel<StreamConnection> listenAt(InetSocketAddress address) throws IOException {
        return worker.createStreamConnectionServer(
                address,
                this::acceptAll,
                OptionMap.builder()
                        .set(Options.TCP_NODELAY, true)
                        .set(Options.REUSE_ADDRESSES, true)
                        .set(Options.BACKLOG, BACKLOG)
                        .set(Options.SEND_BUFFER, KERNEL_SEND_BYTES)
                        .set(Options.CONNECTION_HIGH_WATER, connections.most() + ahead(connections))
                        .set(Options.CONNECTION_LOW_WATER, connections.most() + ahead(connections) / 2)
                        .getMap());
    }

    /** Accepts the clients that have connected, and from now on all that do. */
    void accept() {
        listening.resumeAccepts();
    }

    /**
     * XNIO accepts on a thread of its own. When that is too far ahead of ours, it waits: accepted connections take file
     * descriptors before others can make room, and if none were left it would accept nothing for up to 30 s.
     *
     * @return at least 2, so that it continues when one more than the most is served
     */
    private static int ahead(Connections connections) {
        return Math.max(2, connections.most() / 4);
    }

    private void acceptAll(AcceptingChannel<StreamConnection> from) {
        try {
            for (StreamConnection one = from.accept(); one != null; one = from.accept()) {
                accept(one);
            }
        } catch (IOException e) {
            // closed meanwhile: late clients are turned away
        }
    }

    private void accept(StreamConnection socket) {
        InetSocketAddress client = socket.getPeerAddress(InetSocketAddress.class);
        ServedPorts.Count count = ports.begin(client);
        socket.getSourceChannel()
                .setConduit(new BytesReceivedStreamSourceConduit(
                        socket.getSourceChannel().getConduit(), bytes -> {
                            received.addAndGet(bytes);
                            count.received(bytes);
                        }));
        SSLEngine[] engine = new SSLEngine[1];
        socket.getSinkChannel()
                .setConduit(new BytesSentStreamSinkConduit(
                        socket.getSinkChannel().getConduit(), bytes -> sent(bytes, engine[0], count)));
        if (ssl == null) {
            connections.serve(connections.admit(socket, true, count), http);
            return;
        }
        SslConnection encrypted = ssl.wrapExistingConnection(socket, OptionMap.EMPTY, false);
        engine[0] = UndertowXnioSsl.getSslEngine(encrypted);
        ServedConnection served = connections.admit(encrypted, false, count);
        encrypted.getHandshakeSetter().set(done -> connections.settled(served));
        connections.serve(served, http);
    }

    private void sent(long bytes, SSLEngine engine, ServedPorts.Count count) {
        sent.addAndGet(bytes);
        count.sent(bytes);
        if (engine != null && (engine.isInboundDone() || engine.isOutboundDone())) {
            farewell.addAndGet(bytes);
        }
    }

    InetSocketAddress address() {
        return address;
    }

    /** Nobody listens any more: connections are refused, and those that are open are closed. */
    void shut() {
        IoUtils.safeClose(listening);
        http.closeConnections();
        CountDownLatch over = new CountDownLatch(1);
        worker.getIoThread().execute(over::countDown); // after what it closes
        try {
            over.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        held = HeldPort.at(address);
    }

    /**
     * Listens and accepts again, where it did before.
     *
     * @throws IOException when somebody else does meanwhile
     */
    void reopen() throws IOException {
        if (listening.isOpen()) {
            return;
        }
        held.close();
        listening = listenAt(address);
        accept();
    }

    long bytesSent() {
        return sent.get();
    }

    long bytesReceived() {
        return received.get();
    }

    /**
     * Bytes sent over TLS once either side had closed: the peer may have gone before they arrived, and they say nothing
     * but that we go too.
     */
    long bytesSentInFarewell() {
        return farewell.get();
    }

    @Override
    public void close() {
        IoUtils.safeClose(listening);
        http.closeConnections();
        if (held != null) {
            held.close();
        }
    }
}
