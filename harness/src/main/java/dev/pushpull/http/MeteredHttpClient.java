package dev.pushpull.http;

import dev.pushpull.http.InFlightCalls.InFlight;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * OkHttp with every byte counted at the socket. One request is one attempt on one connection: nothing is retried and no
 * redirect followed behind the back of whoever counts.
 */
public final class MeteredHttpClient implements AutoCloseable {
    private static final int OF_NOBODY = -1;

    /** What a body may have at most, unpacked, unless another bound is given. */
    public static final int MOST_BODY_BYTES = 64 << 20;

    private final CountingSocketFactory sockets = new CountingSocketFactory();
    private final InFlightCalls calls;
    private final OkHttpClient client;
    private final Transport transport;
    private final int connections;
    private final int mostBodyBytes;

    /** Those that do not share connections, each with its pool. */
    private final Map<Integer, OkHttpClient> ownClients = new ConcurrentHashMap<>();

    /** How an exchange ended. */
    public enum Ending {
        /** A whole response came. */
        ANSWERED,
        /** No connection came about. */
        REFUSED,
        /** No response within the time allowed. */
        TIMED_OUT,
        /** The connection broke, or was given up because the answer was too large. */
        CUT_OFF
    }

    /**
     * One request and what became of it.
     *
     * @param status 0 without a response
     * @param body empty without a response
     * @param bytesSent at the socket, headers included
     * @param bytesReceived likewise
     * @param error what went wrong; empty when answered
     */
    public record Exchange(
            Ending ending, int status, Headers headers, byte[] body, long bytesSent, long bytesReceived, String error) {
        /** Of a request that could not even be sent. */
        public static Exchange refused(Throwable cause) {
            return new Exchange(Ending.REFUSED, 0, Headers.EMPTY, new byte[0], 0, 0, Failures.sentence(cause));
        }

        /** Whether a response of the 2xx kind came. */
        public boolean successful() {
            return status >= 200 && status < 300;
        }
    }

    /** A connection was idle for longer than it is kept; the request goes over another. */
    private static final class IdleForTooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** A body has more bytes than are read. */
    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(int mostBytes) {
            super("the answer has more than " + mostBytes + " bytes");
        }
    }

    /** Unencrypted. */
    public MeteredHttpClient(Duration connectTimeout, Duration responseTimeout, int connections, Dns dns) {
        this(connectTimeout, responseTimeout, connections, dns, Transport.PLAIN);
    }

    /** Bodies of at most {@link #MOST_BODY_BYTES}. */
    public MeteredHttpClient(
            Duration connectTimeout, Duration responseTimeout, int connections, Dns dns, Transport transport) {
        this(connectTimeout, responseTimeout, connections, dns, transport, MOST_BODY_BYTES);
    }

    /**
     * @param connectTimeout until a connection stands
     * @param responseTimeout from then until the whole response is there
     * @param connections most connections kept open while idle
     * @param dns resolves and vets hosts
     * @param mostBodyBytes a larger body, unpacked where it came packed, is not read to its end: the exchange is cut off
     */
    public MeteredHttpClient(
            Duration connectTimeout,
            Duration responseTimeout,
            int connections,
            Dns dns,
            Transport transport,
            int mostBodyBytes) {
        this.transport = transport;
        this.connections = connections;
        this.mostBodyBytes = mostBodyBytes;
        this.calls = new InFlightCalls(connectTimeout.toNanos(), responseTimeout.toNanos());
        this.client = client(connectTimeout, dns);
    }

    private OkHttpClient client(Duration connectTimeout, Dns dns) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        transport.tls().ifPresent(tls -> builder.sslSocketFactory(tls.clientSockets(), tls.clientTrust()));
        EventListener seesEnd = new EventListener() {
            @Override
            public void responseBodyEnd(Call call, long bytes) { // before the connection is kept or closed
                calls.current().ends();
            }
        };
        return builder.socketFactory(sockets)
                .dispatcher(new Dispatcher())
                .connectionPool(pool())
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(connectTimeout)
                // OkHttp's own timeouts wake a watchdog at every read and write: a fifth of a delivery's latency
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .fastFallback(false) // a connection is made by the thread that waits for it
                .eventListener(seesEnd)
                .dns(dns)
                .addNetworkInterceptor(this::counted)
                .build();
    }

    /** Counts the exchange of this thread's call on the connection that OkHttp chose for it. */
    private Response counted(Interceptor.Chain chain) throws IOException {
        InFlight call = calls.current();
        call.connected();
        CountingSocket socket = sockets.below(chain.connection().socket());
        if (socket.idleNanos() > transport.keptNanos() && socket.used()) { // OkHttp's own look may come late
            chain.connection().socket().close();
            throw new IdleForTooLong();
        }
        call.begins(socket.beginExchange());
        Response response = chain.proceed(chain.request());
        call.responds(response.code());
        // OkHttp acts on some errors of itself, sending a 503 with Retry-After: 0 again and taking a 407 for a
        // broken connection: of an error it learns no more than that it is one
        return response.code() < 400
                ? response
                : response.newBuilder().code(500).build();
    }

    /** OkHttp keeps none at all when the most is none. */
    private ConnectionPool pool() {
        boolean keeps = transport.keptNanos() > 0;
        return new ConnectionPool(keeps ? connections : 0, keeps ? transport.keptNanos() : 1, TimeUnit.NANOSECONDS);
    }

    private OkHttpClient clientOf(int owner) {
        return owner == OF_NOBODY || !transport.ownConnections()
                ? client
                : ownClients.computeIfAbsent(
                        owner, any -> client.newBuilder().connectionPool(pool()).build());
    }

    /** Reads a response that goes on, line by line. */
    @FunctionalInterface
    public interface LineReader {
        /**
         * A line has come. Called on the thread that sent the request.
         *
         * @param bytesSent of the exchange so far, at the socket
         * @param bytesReceived likewise
         */
        void line(String line, long bytesSent, long bytesReceived);
    }

    /** What is done with a response that has begun; returns what is to be kept of its body. */
    private interface Body {
        byte[] read(Response response) throws IOException;
    }

    /** Sends a request on the calling thread and reads the whole response. */
    public Exchange execute(Request request) {
        return execute(request, OF_NOBODY);
    }

    /** The same, over connections of this owner where each has its own. */
    public Exchange execute(Request request, int owner) {
        return execute(request, owner, this::body);
    }

    /**
     * Sends a request on the calling thread and reads its response line by line for as long as that goes on; no timeout
     * ends it, the provider does, or {@link #cancelAll}. A response that is no success is read whole, as any other.
     */
    public Exchange stream(Request request, int owner, LineReader reader) {
        return execute(request, owner, response -> response.isSuccessful() ? lines(response, reader) : body(response));
    }

    private byte[] lines(Response response, LineReader reader) throws IOException {
        InFlight call = calls.current();
        call.lasts();
        BufferedSource body = response.body().source();
        for (long lines = 1; !body.exhausted(); lines++) {
            String line = body.readUtf8LineStrict(mostBodyBytes);
            call.hasRead(lines);
            reader.line(line, call.bytesSent(), call.bytesReceived());
        }
        return new byte[0];
    }

    private Exchange execute(Request request, int owner, Body body) {
        while (true) {
            try {
                return once(request, clientOf(owner), body);
            } catch (IdleForTooLong e) {
                // none of it was sent, and that connection is closed
            }
        }
    }

    private Exchange once(Request request, OkHttpClient through, Body body) throws IdleForTooLong {
        InFlight call = calls.begin(through.newCall(request));
        try (Response response = call.call().execute()) {
            return call.answered(response, body.read(response));
        } catch (IdleForTooLong e) {
            throw e;
        } catch (IOException e) {
            return call.failed(e);
        } finally {
            calls.over(call);
        }
    }

    /** Read piece by piece while it is unpacked: what it says of its length may be untrue. */
    private byte[] body(Response response) throws IOException {
        BufferedSource body = response.body().source();
        if (response.body().contentLength() > mostBodyBytes || body.request(mostBodyBytes + 1L)) {
            calls.current().call().cancel(); // or closing the response would read on for a while
            throw new TooLarge(mostBodyBytes);
        }
        return body.readByteArray();
    }

    /**
     * What went through its sockets so far.
     *
     * @param requests that were sent, as the caller counts them
     */
    public WireTotals totals(long requests) {
        return sockets.totals(requests);
    }

    /** Connections opened so far. */
    public long connectionsOpened() {
        return sockets.connected();
    }

    /** Breaks off whatever is under way. */
    public void cancelAll() {
        client.dispatcher().cancelAll();
    }

    @Override
    public void close() {
        calls.close();
        cancelAll();
        client.connectionPool().evictAll();
        ownClients.values().forEach(own -> own.connectionPool().evictAll());
        client.dispatcher().executorService().shutdown();
    }
}
