package dev.pushpull.measure;

import io.undertow.conduits.BytesReceivedStreamSourceConduit;
import io.undertow.conduits.BytesSentStreamSinkConduit;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/** Listens for HTTP over TLS. Bytes are counted below TLS, where Undertow's own listener counts above it. */
final class TlsListener implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final UndertowXnioSsl ssl;
    private final HttpOpenListener http;
    private final AcceptingChannel<StreamConnection> listening;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong farewell = new AtomicLong();

    /**
     * @param worker whose threads it uses
     * @param socketOptions of the listening socket and of those it accepts
     * @throws IOException when it cannot listen there
     */
    TlsListener(
            XnioWorker worker,
            InetSocketAddress address,
            RunCertificate certificate,
            OptionMap serverOptions,
            OptionMap socketOptions,
            HttpHandler handler)
            throws IOException {
        ssl = new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, certificate.serverContext());
        http = new HttpOpenListener(new DefaultByteBufferPool(true, BUFFER_BYTES), serverOptions);
        http.setRootHandler(handler);
        listening = worker.createStreamConnectionServer(address, this::acceptAll, socketOptions);
        listening.resumeAccepts();
    }

    private void acceptAll(AcceptingChannel<StreamConnection> from) {
        try {
            for (StreamConnection one = from.accept(); one != null; one = from.accept()) {
                accept(one);
            }
        } catch (IOException e) {
            // closed meanwhile: who came late is turned away
        }
    }

    private void accept(StreamConnection connection) {
        connection
                .getSourceChannel()
                .setConduit(new BytesReceivedStreamSourceConduit(
                        connection.getSourceChannel().getConduit(), received::addAndGet));
        SSLEngine[] engine = new SSLEngine[1];
        connection
                .getSinkChannel()
                .setConduit(new BytesSentStreamSinkConduit(
                        connection.getSinkChannel().getConduit(), bytes -> sent(bytes, engine[0])));
        SslConnection encrypted = ssl.wrapExistingConnection(connection, OptionMap.EMPTY, false);
        engine[0] = UndertowXnioSsl.getSslEngine(encrypted);
        http.handleEvent(encrypted);
    }

    private void sent(long bytes, SSLEngine engine) {
        sent.addAndGet(bytes);
        if (engine.isInboundDone()) {
            farewell.addAndGet(bytes);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalAddress();
    }

    long bytesSent() {
        return sent.get();
    }

    long bytesReceived() {
        return received.get();
    }

    /** Of the bytes sent, those to peers that had closed their side: nobody may have read them. */
    long bytesSentInFarewell() {
        return farewell.get();
    }

    @Override
    public void close() {
        IoUtils.safeClose(listening);
        http.closeConnections();
    }
}
