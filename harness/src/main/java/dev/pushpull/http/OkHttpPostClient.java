package dev.pushpull.http;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.InFlightCalls.InFlight;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Posts with OkHttp, as an ordinary integration does: a thread of a pool sends each request and waits for its answer.
 * Everything else is as in {@link DirectHttpClient}, so that the two can be compared.
 */
public final class OkHttpPostClient implements PostClient {
    private static final MediaType JSON = MediaType.get("application/json");

    /** Hosts that OkHttp takes for addresses: it asks no resolver about them. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|[\\d.]+");

    /** The length of a TLS close_notify record, which may come instead of an answer. */
    private static final int LONGEST_LEAVE_BYTES = 31;

    private final MeteredHttpClient client;
    private final OkHttpClient usual;
    private final OkHttpClient fresh;
    private final ThreadPoolExecutor threads;
    private final Dns dns;
    private final long connectNanos;
    private final LongAdder resent = new LongAdder();

    /**
     * @param connectTimeout for the name lookup, and again for the connection
     * @param responseTimeout from the open connection until the whole response has arrived
     * @param dns resolves and vets hosts
     */
    public OkHttpPostClient(
            Duration connectTimeout, Duration responseTimeout, Transport transport, RoleThreads roleThreads, Dns dns) {
        this(connectTimeout, responseTimeout, transport, roleThreads.workers(Integer.MAX_VALUE), dns);
    }

    OkHttpPostClient(
            Duration connectTimeout,
            Duration responseTimeout,
            Transport transport,
            ThreadPoolExecutor threads,
            Dns dns) {
        this.threads = threads;
        this.dns = dns;
        this.connectNanos = connectTimeout.toNanos();
        this.client = new MeteredHttpClient(
                connectTimeout,
                responseTimeout,
                Integer.MAX_VALUE,
                this::lookup,
                transport,
                ResponseReader.MOST_BODY_BYTES + ResponseReader.MOST_FORGOTTEN_BYTES);
        this.usual = client.shared();
        this.fresh = usual.newBuilder()
                .connectionPool(MeteredHttpClient.keepingNone())
                .build();
    }

    @Override
    public void post(HttpUrl url, Map<String, String> headers, byte[] body, Consumer<Exchange> over) {
        Headers.Builder all = new Headers.Builder();
        headers.forEach(all::addUnsafeNonAscii);
        Request request = new Request.Builder()
                .url(url)
                .headers(all.build())
                .header("User-Agent", USER_AGENT)
                .post(RequestBody.create(body, JSON))
                .build();
        try {
            threads.execute(() -> tell(over, exchange(request)));
        } catch (RejectedExecutionException e) {
            throw e;
        } catch (RuntimeException
                | Error e) { // the system has no thread to give; not on this one, which may hold locks
            client.calls().later(() -> tell(over, Exchange.refused(e)));
        }
    }

    private static void tell(Consumer<Exchange> over, Exchange exchange) {
        try {
            over.accept(exchange);
        } catch (RuntimeException | Error e) { // reported, and this thread takes the next
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private Exchange exchange(Request request) {
        try {
            if (ADDRESS.matcher(request.url().host()).matches()) {
                lookup(request.url().host());
            }
        } catch (IOException e) {
            return Exchange.refused(e);
        }
        InFlight first = once(usual, request, Long.MAX_VALUE);
        Exchange became = first.became();
        if (became.ending() != Ending.CUT_OFF
                || !first.reused()
                || first.call().isCanceled()
                || became.bytesReceived() > (request.isHttps() ? LONGEST_LEAVE_BYTES : 0)) {
            return became;
        }
        resent.increment();
        Exchange again = once(fresh, request, first.deadlineNanos()).became();
        return new Exchange(
                again.ending() == Ending.REFUSED ? Ending.CUT_OFF : again.ending(), // it had a connection before
                again.status(),
                again.headers(),
                again.body(),
                became.bytesSent() + again.bytesSent(),
                became.bytesReceived() + again.bytesReceived(),
                again.error());
    }

    private InFlight once(OkHttpClient through, Request request, long latestNanos) {
        while (true) {
            InFlight call = client.calls().begin(through.newCall(request), MeteredHttpClient.OF_NOBODY, latestNanos);
            try (Response response = call.call().execute()) {
                byte[] body = client.body(response);
                call.answered(response, Arrays.copyOf(body, Math.min(body.length, ResponseReader.MOST_BODY_BYTES)));
                return call;
            } catch (IdleForTooLong e) {
                continue; // none of it was sent, and that connection is closed
            } catch (IOException e) {
                call.failed(e);
                return call;
            } catch (RuntimeException | Error e) { // of a peer's certificate, say
                call.failed(new IOException(Failures.sentence(e), e));
                return call;
            } finally {
                client.calls().over(call);
            }
        }
    }

    /** Bounds the name lookup: OkHttp would wait for ever, and pass on whatever a resolver throws. */
    private List<InetAddress> lookup(String host) throws UnknownHostException {
        Future<List<InetAddress>> found;
        try {
            found = threads.submit(() -> dns.lookup(host));
            List<InetAddress> addresses = found.get(connectNanos, TimeUnit.NANOSECONDS);
            if (addresses == null || addresses.isEmpty()) {
                throw new UnknownHostException("no address is known of '" + host + "'");
            }
            return addresses;
        } catch (TimeoutException e) {
            throw new UnknownHostException("no connection within the time allowed");
        } catch (ExecutionException e) {
            throw unknown(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(e);
        } catch (RejectedExecutionException e) {
            throw unknown(e);
        }
    }

    private static UnknownHostException unknown(Throwable cause) {
        return cause instanceof UnknownHostException known ? known : new UnknownHostException(Failures.sentence(cause));
    }

    @Override
    public long resent() {
        return resent.sum();
    }

    @Override
    public WireTotals totals(long requests) {
        return client.totals(requests);
    }

    @Override
    public void cancelAll() {
        client.cancelAll();
    }

    @Override
    public void close() {
        threads.shutdown();
        client.close();
    }
}
