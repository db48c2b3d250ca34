package dev.pushpull.http;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Failures;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * Posts over HTTP/1.1 for a sender whose threads must not wait for answers. Where a connection is idle the request goes
 * out on the calling thread itself, in one write that never waits for the peer: handing it to another thread first makes
 * up half of what a webhook takes to arrive when they are few. Every connection has a thread that opens it, reads its
 * answers and closes it. Every byte is counted at the socket; no redirect is followed.
 *
 * <p>A request that went over a connection used before, and broke off without a byte of an answer, is sent again at once
 * over a fresh one, once: most likely the peer had closed the idle connection in that very moment. Repeating it is safe,
 * even if the peer had taken the first: each webhook carries the id of its event, by which its receiver drops what it has
 * seen (RFC 9110, 9.2.2 allows it where the client knows that). It is counted, and its bytes are those of both.
 *
 * <p>Whatever goes wrong on whichever thread, a request ends exactly once, and harms none of another connection. Its frame
 * of headers is as long as that of {@link MeteredHttpClient}, so that bytes pushed and polled compare.
 */
public final class DirectHttpClient implements AutoCloseable {
    /** File descriptors at most: its socket, and what its reader waits on beside it, two with some versions of Java. */
    public static final int MOST_DESCRIPTORS_A_CONNECTION = 3;

    static final String USER_AGENT = "pushpull/0.1";

    private final CountingSocketFactory sockets = new CountingSocketFactory();
    private final IdleConnections<Endpoint, Connection> idle = new IdleConnections<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final LongAdder resent = new LongAdder();
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor watch;
    private final long connectNanos;
    private final long responseNanos;
    private final long keptIdleNanos;
    private final Dns dns;
    private final SSLSocketFactory tls;

    private record Endpoint(boolean tls, String host, int port) {}

    /**
     * Settings of a client.
     *
     * @param connectTimeout for the name, and again until a connection stands
     * @param responseTimeout from then on, the handshake of TLS included, until the whole response is there
     */
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

    /** @param dns resolves and vets hosts */
    public DirectHttpClient(Settings settings, RoleThreads roleThreads, Dns dns) {
        this(settings, roleThreads.workers(Integer.MAX_VALUE), roleThreads, dns);
    }

    DirectHttpClient(Settings settings, ThreadPoolExecutor threads, ThreadFactory watchThread, Dns dns) {
        this.connectNanos = settings.connectTimeout().toNanos();
        this.responseNanos = settings.responseTimeout().toNanos();
        this.keptIdleNanos = settings.keptIdle().toNanos();
        this.tls = settings.tls();
        this.dns = dns;
        this.threads = threads;
        long lookEveryNanos = Math.max(
                1_000_000,
                Math.min(connectNanos, Math.min(responseNanos, keptIdleNanos)) / MeteredHttpClient.LOOKS_A_TIMEOUT);
        this.watch = new ScheduledThreadPoolExecutor(1, watchThread);
        watch.scheduleWithFixedDelay(this::lookAtAll, lookEveryNanos, lookEveryNanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Sends a request, on this thread or another. Waits for nobody.
     *
     * @param headers besides those that every request has; the caller vouches that they are well formed
     * @param over called once, on a thread of this client's, with what became of it
     * @throws RejectedExecutionException when this client was closed; then it is not called
     */
    public void post(HttpUrl url, Map<String, String> headers, byte[] body, Consumer<Exchange> over) {
        PostedRequest posted = new PostedRequest(url, headers, body, over);
        Endpoint endpoint = new Endpoint(url.isHttps(), url.host(), url.port());
        Connection connection;
        while ((connection = idle.poll(endpoint)) != null) {
            if (connection.take(posted)) {
                return;
            }
        }
        open(endpoint, posted);
    }

    private void open(Endpoint endpoint, PostedRequest posted) {
        Connection fresh = new Connection(endpoint, posted);
        open.add(fresh);
        try {
            threads.execute(fresh);
        } catch (RejectedExecutionException e) {
            open.remove(fresh);
            throw e;
        } catch (RuntimeException
                | Error e) { // the system has no thread to give; not on this one, which may hold locks
            open.remove(fresh);
            watch.execute(() -> fresh.end(e));
        }
    }

    /** A connection and the thread that opens it, reads from it and closes it. */
    private final class Connection implements Runnable {
        private final Endpoint endpoint;

        /** Null until the name is known. */
        private volatile NonBlockingSocket raw;

        private volatile boolean brokenOff;

        /** With TLS where it is wanted; of its own thread alone, for closing it may take locks of TLS. */
        private Socket socket;

        private final Object writing = new Object();
        private OutputStream out;

        // all of these guarded by this
        private PostedRequest underWay;
        private boolean reused;
        private boolean timedOut;
        private long idleSinceNanos;
        private boolean dead;

        Connection(Endpoint endpoint, PostedRequest first) {
            this.endpoint = endpoint;
            this.underWay = first;
            first.connectsUntil(System.nanoTime() + connectNanos);
        }

        @Override
        public void run() {
            try {
                connect();
                ResponseReader reader = new ResponseReader(socket.getInputStream());
                while (readsOne(reader)) {
                    continue;
                }
            } catch (IOException | RuntimeException | Error e) {
                end(e);
            } finally {
                leave();
            }
        }

        private void connect() throws IOException {
            PostedRequest first = underWay();
            List<InetAddress> addresses = dns.lookup(endpoint.host());
            if (addresses.isEmpty()) {
                throw new UnknownHostException("no address is known of '" + endpoint.host() + "'");
            }
            long untilNanos = System.nanoTime() + connectNanos;
            first.connectsUntil(untilNanos);
            connectToOneOf(addresses, untilNanos);
            first.begin(raw.beginExchange(), System.nanoTime() + responseNanos);
            socket = raw;
            if (endpoint.tls()) {
                SSLSocket secured = (SSLSocket) tls.createSocket(raw, endpoint.host(), endpoint.port(), true);
                socket = secured;
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
                secured.startHandshake();
            }
            out = socket.getOutputStream();
            write(first);
        }

        /** Tries them in turn; each may take its share of the time that is left. */
        private void connectToOneOf(List<InetAddress> addresses, long untilNanos) throws IOException {
            for (int i = 0; ; i++) {
                raw = new NonBlockingSocket(sockets.tallies());
                try {
                    if (brokenOff) {
                        throw new SocketException("broken off");
                    }
                    long shareNanos = (untilNanos - System.nanoTime()) / (addresses.size() - i);
                    raw.connect(new InetSocketAddress(addresses.get(i), endpoint.port()), shareNanos);
                    return;
                } catch (IOException e) {
                    closeRaw();
                    if (brokenOff || i == addresses.size() - 1) {
                        throw e;
                    }
                }
            }
        }

        private synchronized PostedRequest underWay() {
            return underWay;
        }

        /** Sends a request over this idle connection, or says that it is idle no more. */
        boolean take(PostedRequest posted) {
            synchronized (this) {
                long now = System.nanoTime();
                if (dead || tooLongIdle(now)) {
                    return false;
                }
                reused = true;
                posted.begin(raw.beginExchange(), now + responseNanos);
                underWay = posted;
            }
            write(posted);
            return true;
        }

        private boolean tooLongIdle(long nowNanos) {
            if (nowNanos - idleSinceNanos <= keptIdleNanos) {
                return false;
            }
            dead = true;
            raw.leave();
            return true;
        }

        private void write(PostedRequest posted) {
            synchronized (writing) {
                if (underWay() != posted) {
                    return; // broken off meanwhile
                }
                try {
                    out.write(posted.bytes());
                } catch (IOException | RuntimeException | Error e) {
                    closeRaw(); // which the reading thread learns, and ends the exchange
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
        private boolean readsOne(ResponseReader reader) throws IOException {
            try {
                if (!reader.comes()) {
                    throw new EOFException("the connection was closed");
                }
            } catch (IOException e) {
                if (sendsAgain(e)) {
                    return false;
                }
                throw e;
            }
            if (underWay() == null) {
                throw new IOException("an answer to nothing");
            }
            ResponseReader.Response response = reader.next();
            awaitWritten();
            PostedRequest answered;
            boolean kept;
            synchronized (this) {
                answered = underWay;
                underWay = null;
                idleSinceNanos = System.nanoTime();
                // who answers before the request is sent has no use for the rest of it
                kept = response.keepsConnection() && raw.allSent() && keptIdleNanos > 0 && !brokenOff;
                dead = !kept;
                answered.stopCounting(); // what closes the connection is no part of it
            }
            if (kept) { // before the next is begun, so that it goes this way
                idle.add(endpoint, this);
            } else {
                leave();
            }
            answered.answered(response);
            return kept;
        }

        /** Sends the request over a fresh connection if that may be done. */
        private boolean sendsAgain(IOException cause) {
            PostedRequest again;
            synchronized (this) {
                dead = true;
                again = underWay;
                if (!reused || brokenOff || again == null || again.resent()) {
                    return false;
                }
                underWay = null;
            }
            awaitWritten();
            again.beginAgain();
            leave();
            try {
                open(endpoint, again);
                resent.increment();
            } catch (RejectedExecutionException e) {
                again.failed(Ending.CUT_OFF, Failures.sentence(cause));
            }
            return true;
        }

        /** Of no effect when nothing is under way any more. */
        private void end(Throwable cause) {
            PostedRequest unanswered;
            boolean late;
            synchronized (this) {
                dead = true;
                late = timedOut;
                unanswered = underWay;
                underWay = null;
            }
            if (unanswered == null) {
                return;
            }
            awaitWritten();
            unanswered.stopCounting();
            closeRaw(); // without taking leave: something is wrong with it
            if (!unanswered.begun()) {
                unanswered.failed(
                        Ending.REFUSED, late ? "no connection within the time allowed" : Failures.sentence(cause));
            } else if (late) {
                unanswered.failed(Ending.TIMED_OUT, "no response within the time allowed");
            } else {
                unanswered.failed(Ending.CUT_OFF, Failures.sentence(cause));
            }
        }

        /** Breaks it off when its answer is overdue, or closes it when it was idle for longer than it is kept. */
        void look(long nowNanos) {
            synchronized (this) {
                if (underWay == null) {
                    if (!dead) {
                        tooLongIdle(nowNanos);
                    }
                    return;
                }
                if (!underWay.overdue(nowNanos)) {
                    return;
                }
                timedOut = true;
            }
            breakOff();
        }

        /** Closes it without waiting for anybody; its own thread does the rest, unless it still waits for the name. */
        void breakOff() {
            brokenOff = true;
            if (raw != null) {
                closeRaw();
                return;
            }
            Runnable end = () -> end(new SocketException("broken off"));
            try {
                threads.execute(end);
            } catch (RejectedExecutionException e) {
                end.run();
            }
        }

        /** On its own thread: closes it as TLS wants it, which says so to the peer but does not wait for the peer. */
        private void leave() {
            open.remove(this);
            idle.remove(endpoint, this);
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException | RuntimeException e) {
                // closed all the same
            } finally {
                closeRaw();
            }
        }

        private void closeRaw() {
            try {
                if (raw != null) {
                    raw.close();
                }
            } catch (IOException e) {
                // closed all the same
            }
        }
    }

    private void lookAtAll() {
        long now = System.nanoTime();
        for (Connection connection : open) {
            try {
                connection.look(now);
            } catch (RuntimeException | Error e) { // reported, and the others are looked at, now and later
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** Requests so far that were sent a second time because a connection used before broke without an answer. */
    public long resent() {
        return resent.sum();
    }

    /** Endpoints of which a connection is kept. */
    int idleEndpoints() {
        return idle.endpoints();
    }

    /**
     * What went through its sockets so far.
     *
     * @param requests that were sent, as the caller counts them
     */
    public WireTotals totals(long requests) {
        return sockets.totals(requests);
    }

    /** Breaks off whatever is under way, and closes what is idle. */
    public void cancelAll() {
        open.forEach(Connection::breakOff);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        threads.shutdown();
        cancelAll();
    }
}
