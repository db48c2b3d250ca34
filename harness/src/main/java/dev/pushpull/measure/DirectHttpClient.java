package dev.pushpull.measure;

import dev.pushpull.measure.CountingSocketFactory.CountingSocket;
import dev.pushpull.measure.CountingSocketFactory.Tally;
import dev.pushpull.measure.MeteredHttpClient.Ending;
import dev.pushpull.measure.MeteredHttpClient.Exchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * Posts over HTTP/1.1 for a sender whose threads must not wait for answers. Where a connection is idle the request goes
 * out on the calling thread itself, in one write: handing it to another thread first makes up half of what a webhook
 * takes to arrive when they are few. Every connection has a thread that opens it and reads its answers. Every byte is
 * counted at the socket; nothing is retried and no redirect followed.
 *
 * <p>Its frame of headers is as long as that of {@link MeteredHttpClient}, so that bytes pushed and polled compare.
 */
public final class DirectHttpClient implements AutoCloseable {
    static final String USER_AGENT = "pushpull/0.1";

    /** A request that may not fit into the socket's buffers is left to the connection's thread, which may wait. */
    private static final int MOST_BYTES_WRITTEN_BY_CALLER = 64 << 10;

    private final CountingSocketFactory sockets = new CountingSocketFactory();
    private final Map<Endpoint, Deque<Connection>> idle = new ConcurrentHashMap<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor watch;
    private final int connectTimeoutMillis;
    private final long responseNanos;
    private final long keptIdleNanos;
    private final Dns dns;
    private final SSLSocketFactory tls;

    private record Endpoint(boolean tls, String host, int port) {}

    /** Settings of a client. */
    public record Settings(Duration connectTimeout, Duration responseTimeout, Duration keptIdle, SSLSocketFactory tls) {
        /** Trusts whom the platform trusts, and keeps idle connections shorter than a server does. */
        public Settings(Duration connectTimeout, Duration responseTimeout) {
            this(connectTimeout, responseTimeout, Transport.PLAIN);
        }

        /** Trusts the run's certificate alone where the transport has it. */
        public Settings(Duration connectTimeout, Duration responseTimeout, Transport transport) {
            this(
                    connectTimeout,
                    responseTimeout,
                    Duration.ofNanos(transport.keptNanos()),
                    transport.tls().map(RunCertificate::clientSockets).orElseGet(() ->
                            (SSLSocketFactory) SSLSocketFactory.getDefault()));
        }
    }

    /** One request and who wants to know what became of it. */
    private static final class Posted {
        private final byte[] bytes;
        private final Consumer<Exchange> over;
        private volatile Tally tally;
        private volatile long deadlineNanos;
        private volatile boolean timedOut;

        Posted(byte[] bytes, Consumer<Exchange> over) {
            this.bytes = bytes;
            this.over = over;
        }

        void end(Ending ending, int status, Headers headers, byte[] body, String error) {
            if (tally != null) {
                tally.end();
            }
            long sent = tally == null ? 0 : tally.bytesSent();
            long received = tally == null ? 0 : tally.bytesReceived();
            try {
                over.accept(new Exchange(ending, status, headers, body, sent, received, error));
            } catch (RuntimeException | Error e) { // reported, and the connection's thread goes on
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** @param dns resolves and vets hosts */
    public DirectHttpClient(Settings settings, RoleThreads roleThreads, Dns dns) {
        this.connectTimeoutMillis = (int) Math.max(1, settings.connectTimeout().toMillis());
        this.responseNanos = settings.responseTimeout().toNanos();
        this.keptIdleNanos = settings.keptIdle().toNanos();
        this.tls = settings.tls();
        this.dns = dns;
        this.threads = roleThreads.workers(Integer.MAX_VALUE);
        long lookEveryNanos =
                Math.max(1_000_000, Math.min(responseNanos, keptIdleNanos) / MeteredHttpClient.LOOKS_A_TIMEOUT);
        this.watch = new ScheduledThreadPoolExecutor(1, roleThreads);
        watch.scheduleWithFixedDelay(this::breakOffOverdue, lookEveryNanos, lookEveryNanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Sends a request, on this thread or another.
     *
     * @param headers besides those that every request has; the caller vouches that they are well formed
     * @param over called once, on a thread of this client's, with what became of it
     * @throws RejectedExecutionException when this client was closed
     */
    public void post(HttpUrl url, Map<String, String> headers, byte[] body, Consumer<Exchange> over) {
        Posted posted = new Posted(bytes(url, headers, body), over);
        Endpoint endpoint = new Endpoint(url.isHttps(), url.host(), url.port());
        Connection connection;
        while ((connection = idleAt(endpoint).pollFirst()) != null) {
            if (connection.take(posted)) {
                return;
            }
        }
        Connection fresh = new Connection(endpoint, posted);
        threads.execute(fresh);
    }

    private Deque<Connection> idleAt(Endpoint endpoint) {
        return idle.computeIfAbsent(endpoint, any -> new ConcurrentLinkedDeque<>());
    }

    private static byte[] bytes(HttpUrl url, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(512);
        head.append("POST ").append(url.encodedPath());
        String query = url.encodedQuery();
        if (query != null) {
            head.append('?').append(query);
        }
        head.append(" HTTP/1.1\r\nContent-Type: application/json\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\nHost: ");
        String host = url.host();
        head.append(host.indexOf(':') < 0 ? host : "[" + host + "]");
        if (url.port() != HttpUrl.defaultPort(url.scheme())) {
            head.append(':').append(url.port());
        }
        head.append("\r\nConnection: Keep-Alive\r\nAccept-Encoding: gzip\r\nUser-Agent: " + USER_AGENT + "\r\n\r\n");
        byte[] bytes = new byte[head.length() + body.length];
        byte[] text = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, bytes, 0, text.length);
        System.arraycopy(body, 0, bytes, text.length, body.length);
        return bytes;
    }

    /** A connection and the thread that opens it and reads from it. */
    private final class Connection implements Runnable {
        private final Endpoint endpoint;
        private volatile CountingSocket raw;
        private volatile Socket socket;
        private final Object writing = new Object();
        private OutputStream out;
        private Posted underWay;
        private long idleSinceNanos;
        private boolean dead;

        Connection(Endpoint endpoint, Posted first) {
            this.endpoint = endpoint;
            this.underWay = first;
        }

        @Override
        public void run() {
            open.add(this);
            try {
                ResponseReader reader;
                try {
                    connect();
                    reader = new ResponseReader(socket.getInputStream());
                } catch (IOException e) {
                    end(e, underWay.tally == null ? Ending.REFUSED : Ending.CUT_OFF);
                    return;
                }
                write(underWay);
                while (readsOne(reader)) {
                    continue;
                }
            } finally {
                open.remove(this);
                close();
            }
        }

        private void connect() throws IOException {
            List<InetAddress> addresses = dns.lookup(endpoint.host());
            for (int i = 0; underWay.tally == null; i++) {
                raw = sockets.createSocket();
                socket = raw;
                raw.setTcpNoDelay(true);
                try {
                    raw.connect(new InetSocketAddress(addresses.get(i), endpoint.port()), connectTimeoutMillis);
                    underWay.deadlineNanos = System.nanoTime() + responseNanos;
                    underWay.tally = raw.beginExchange();
                } catch (IOException e) {
                    close();
                    if (i == addresses.size() - 1) {
                        throw e;
                    }
                }
            }
            if (endpoint.tls()) {
                SSLSocket secured = (SSLSocket) tls.createSocket(raw, endpoint.host(), endpoint.port(), true);
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
                secured.startHandshake();
                socket = secured;
            }
            out = socket.getOutputStream();
        }

        /** Sends a request over this idle connection, or says that it is idle no more. */
        boolean take(Posted posted) {
            synchronized (this) {
                long now = System.nanoTime();
                dead |= now - idleSinceNanos > keptIdleNanos;
                if (dead) {
                    close();
                    return false;
                }
                posted.deadlineNanos = now + responseNanos;
                posted.tally = raw.beginExchange();
                underWay = posted;
            }
            if (posted.bytes.length <= MOST_BYTES_WRITTEN_BY_CALLER) {
                write(posted);
                return true;
            }
            try {
                threads.execute(() -> write(posted));
            } catch (RejectedExecutionException e) {
                close();
            }
            return true;
        }

        private void write(Posted posted) {
            synchronized (writing) {
                try {
                    out.write(posted.bytes);
                } catch (IOException e) {
                    close(); // which the reading thread learns, and ends the exchange
                }
            }
        }

        /** An answer may be here before the thread that wrote the request has counted its last bytes. */
        private void awaitWritten() {
            synchronized (writing) {
                return;
            }
        }

        /** Reads one answer; false when the connection is over. */
        private boolean readsOne(ResponseReader reader) {
            ResponseReader.Response response;
            try {
                response = reader.next();
                if (response == null) {
                    throw new EOFException("the connection was closed");
                }
            } catch (IOException e) {
                end(e, Ending.CUT_OFF);
                return false;
            }
            awaitWritten();
            Posted answered;
            synchronized (this) {
                answered = underWay;
                underWay = null;
                idleSinceNanos = System.nanoTime();
                dead = answered == null || !response.keepsConnection() || keptIdleNanos == 0;
                if (answered != null) {
                    answered.tally.end(); // what closes the connection is no part of it
                }
            }
            if (answered == null) {
                return false; // an answer to nothing
            }
            boolean kept = !dead;
            if (kept) { // before the next is begun, so that it goes this way
                idleAt(endpoint).addFirst(this);
            }
            answered.end(Ending.ANSWERED, response.status(), response.headers(), response.body(), "");
            return kept;
        }

        private void end(IOException cause, Ending ending) {
            Posted unanswered;
            synchronized (this) {
                dead = true;
                unanswered = underWay;
                underWay = null;
            }
            idleAt(endpoint).remove(this);
            close();
            awaitWritten();
            if (unanswered != null) {
                boolean late = unanswered.timedOut;
                String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
                unanswered.end(
                        late ? Ending.TIMED_OUT : ending,
                        0,
                        Headers.EMPTY,
                        new byte[0],
                        late ? "no response within the time allowed" : text);
            }
        }

        /** Whether the answer is overdue, or nothing has been asked for longer than it is kept. */
        synchronized boolean overdue(long nowNanos) {
            if (underWay == null) {
                dead |= nowNanos - idleSinceNanos > keptIdleNanos;
                return dead;
            }
            underWay.timedOut = underWay.tally != null && nowNanos - underWay.deadlineNanos > 0;
            return underWay.timedOut;
        }

        void close() {
            try {
                if (socket != null) {
                    socket.close();
                    raw.close(); // which does not wait for what TLS still has to say
                }
            } catch (IOException e) {
                // closed all the same
            }
        }
    }

    private void breakOffOverdue() {
        long now = System.nanoTime();
        for (Connection connection : open) {
            if (connection.overdue(now)) {
                connection.close();
            }
        }
    }

    /** Bytes so far that were sent and received by no request. */
    public WireTotals.Outside outside() {
        return sockets.outside();
    }

    /** Bytes sent so far. */
    public long bytesSent() {
        return sockets.bytesSent();
    }

    /** Bytes received so far. */
    public long bytesReceived() {
        return sockets.bytesReceived();
    }

    /** Connections opened so far. */
    public long connectionsOpened() {
        return sockets.connected();
    }

    /** Breaks off whatever is under way. */
    public void cancelAll() {
        open.forEach(Connection::close);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        threads.shutdown();
        cancelAll();
    }
}
