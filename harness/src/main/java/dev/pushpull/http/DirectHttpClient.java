package dev.pushpull.http;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.DirectConnection.Endpoint;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.time.Duration;
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
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * Posts without an HTTP library. Where a connection is idle the request goes out on the calling thread itself, in one write
 * that never waits for the peer: handing it to another thread first makes up half of what a webhook takes to arrive when
 * they are few. Every connection has a thread that opens it, reads its answers and closes it. Its frame of headers is as
 * long as that of {@link MeteredHttpClient}, so that bytes pushed and polled compare.
 */
public final class DirectHttpClient implements PostClient {
    /**
     * Most file descriptors for a connection: its socket, and what its reader waits on, which takes two in some
     * versions of Java.
     */
    public static final int MOST_DESCRIPTORS_A_CONNECTION = 3;

    // shared with its connections
    final CountingSocketFactory sockets = new CountingSocketFactory();
    final ThreadPoolExecutor threads;
    final long connectNanos;
    final long responseNanos;
    final long keptIdleNanos;
    final Dns dns;
    final Supplier<SSLSocketFactory> tls;

    private final IdleConnections<Endpoint, DirectConnection> idle = new IdleConnections<>();
    private final Set<DirectConnection> open = ConcurrentHashMap.newKeySet();
    private final LongAdder resent = new LongAdder();
    private final ScheduledThreadPoolExecutor watch;

    /**
     * Settings of a client.
     *
     * @param connectTimeout for the name, and again until the connection is open
     * @param responseTimeout from then on, including the TLS handshake, until the whole response has arrived
     * @param tls asked by connections that need it, since reading the platform's certificates costs CPU
     */
    public record Settings(
            Duration connectTimeout, Duration responseTimeout, Duration keptIdle, Supplier<SSLSocketFactory> tls) {
        /** Trusts whom the platform trusts, and keeps idle connections for less time than a server does. */
        public Settings(Duration connectTimeout, Duration responseTimeout) {
            this(connectTimeout, responseTimeout, Transport.PLAIN);
        }

        /** Trusts only the run's certificate, if the transport has it. */
        public Settings(Duration connectTimeout, Duration responseTimeout, Transport transport) {
            this(
                    connectTimeout,
                    responseTimeout,
                    Duration.ofNanos(transport.keptNanos()),
                    transport
                            .tls()
                            .map(RunCertificate::clientSockets)
                            .<Supplier<SSLSocketFactory>>map(own -> () -> own)
                            .orElse(() -> (SSLSocketFactory) SSLSocketFactory.getDefault()));
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
                Math.min(connectNanos, Math.min(responseNanos, keptIdleNanos)) / InFlightCalls.LOOKS_A_TIMEOUT);
        this.watch = new ScheduledThreadPoolExecutor(1, watchThread);
        watch.scheduleWithFixedDelay(this::lookAtAll, lookEveryNanos, lookEveryNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void post(HttpUrl url, Map<String, String> headers, byte[] body, Consumer<Exchange> over) {
        PostedRequest posted = new PostedRequest(url, headers, body, over);
        Endpoint endpoint = new Endpoint(url.isHttps(), url.host(), url.port());
        DirectConnection connection;
        while ((connection = idle.poll(endpoint)) != null) {
            if (connection.take(posted)) {
                return;
            }
        }
        open(endpoint, posted);
    }

    private void open(Endpoint endpoint, PostedRequest posted) {
        DirectConnection fresh = new DirectConnection(this, endpoint, posted);
        open.add(fresh);
        try {
            threads.execute(fresh);
        } catch (RejectedExecutionException e) {
            open.remove(fresh);
            throw e;
        } catch (RuntimeException
                | Error e) { // the system has no thread left; not done on this one, which may hold locks
            open.remove(fresh);
            watch.execute(() -> fresh.end(e));
        }
    }

    /** A connection waits for its next request. */
    void idles(DirectConnection connection) {
        idle.add(connection.endpoint(), connection);
    }

    /** A connection has ended. */
    void forget(DirectConnection connection) {
        open.remove(connection);
        idle.remove(connection.endpoint(), connection);
    }

    /**
     * Sends a request again over a fresh connection, after the first one broke.
     *
     * @throws RejectedExecutionException when this client was closed
     */
    void sendAgain(Endpoint endpoint, PostedRequest posted) {
        open(endpoint, posted);
        resent.increment();
    }

    private void lookAtAll() {
        long now = System.nanoTime();
        for (DirectConnection connection : open) {
            try {
                connection.look(now);
            } catch (RuntimeException | Error e) { // reported; the others are still checked, now and later
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    @Override
    public long resent() {
        return resent.sum();
    }

    /** Endpoints with a kept connection. */
    int idleEndpoints() {
        return idle.endpoints();
    }

    @Override
    public WireTotals totals(long requests) {
        return sockets.totals(requests);
    }

    /** Closes what is idle as well. */
    @Override
    public void cancelAll() {
        open.forEach(DirectConnection::breakOff);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        threads.shutdown();
        cancelAll();
    }
}
