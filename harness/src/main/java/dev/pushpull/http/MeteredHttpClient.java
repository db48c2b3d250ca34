package dev.pushpull.http;

import dev.pushpull.http.InFlightCalls.InFlight;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
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
 * OkHttp with every byte counted at the socket. A request is one attempt on one connection: no hidden retries, and no
 * redirects.
 */
public final class MeteredHttpClient implements AutoCloseable {
    static final int OF_NOBODY = -1;

    private static final List<ConnectionSpec> ENCRYPTED = List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);

    /** The largest body, unpacked, unless another limit is given. */
    public static final int MOST_BODY_BYTES = 64 << 20;

    private final CountingSocketFactory sockets = new CountingSocketFactory();
    private final InFlightCalls calls;
    private final OkHttpClient client;
    private OkHttpClient encrypting;
    private final Transport transport;
    private final int connections;
    private final int mostBodyBytes;

    /** Clients that do not share connections, each with its own pool. */
    private final Map<Integer, OkHttpClient> ownClients = new ConcurrentHashMap<>();

    /** How an exchange ended. */
    public enum Ending {
        /** A whole response arrived. */
        ANSWERED,
        /** No connection could be opened. */
        REFUSED,
        /** No response within the allowed time. */
        TIMED_OUT,
        /** The connection broke, or was given up because the answer was too large. */
        CUT_OFF
    }

    /**
     * One request and its result.
     *
     * @param status 0 without a response
     * @param body empty without a response
     * @param bytesSent at the socket, headers included
     * @param bytesReceived at the socket, headers included
     * @param error what went wrong; empty when answered
     */
    public record Exchange(
            Ending ending, int status, Headers headers, byte[] body, long bytesSent, long bytesReceived, String error) {
        /** The result of a request that could not be sent. */
        public static Exchange refused(Throwable cause) {
            return new Exchange(Ending.REFUSED, 0, Headers.EMPTY, new byte[0], 0, 0, Failures.sentence(cause));
        }

        /** Whether the response has a 2xx status. */
        public boolean successful() {
            return status >= 200 && status < 300;
        }
    }

    /** Without encryption. */
    public MeteredHttpClient(Duration connectTimeout, Duration responseTimeout, int connections, Dns dns) {
        this(connectTimeout, responseTimeout, connections, dns, Transport.PLAIN);
    }

    /** With bodies of at most {@link #MOST_BODY_BYTES}. */
    public MeteredHttpClient(
            Duration connectTimeout, Duration responseTimeout, int connections, Dns dns, Transport transport) {
        this(connectTimeout, responseTimeout, connections, dns, transport, MOST_BODY_BYTES);
    }

    /**
     * @param connectTimeout until the connection is open
     * @param responseTimeout from then until the whole response has arrived
     * @param connections most idle connections to keep
     * @param dns resolves and vets hosts
     * @param mostBodyBytes a body that is larger, once unpacked, is not read to its end: the exchange is cut off
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
        return builder.connectionSpecs(transport.tls().isPresent() ? ENCRYPTED : List.of(ConnectionSpec.CLEARTEXT))
                .socketFactory(sockets)
                .dispatcher(new Dispatcher())
                .connectionPool(pool())
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(connectTimeout)
                // OkHttp's own timeouts wake a watchdog at every read and write, which takes a fifth of a delivery's
                // latency
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .fastFallback(false) // the thread that waits for a connection opens it
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
        // OkHttp may look too late, or not at all
        if (socket.used() && (socket.idleNanos() > transport.keptNanos() || transport.mayEnd() && socket.isOver())) {
            chain.connection().socket().close();
            throw new IdleForTooLong();
        }
        call.begins(socket.used(), socket.beginExchange());
        Response response = chain.proceed(chain.request());
        call.responds(response.code());
        // all that OkHttp learns of an error is that it is one: it would repeat a 503, and drop a connection at a 407
        return response.code() < 400
                ? response
                : response.newBuilder().code(500).build();
    }

    private ConnectionPool pool() {
        long keptNanos = transport.keptNanos();
        return keptNanos > 0 ? new ConnectionPool(connections, keptNanos, TimeUnit.NANOSECONDS) : keepingNone();
    }

    /** Keeps none. The time is how often OkHttp looks at one in use: with a nanosecond, a thread did so all the time. */
    static ConnectionPool keepingNone() {
        return new ConnectionPool(0, 1, TimeUnit.MINUTES);
    }

    /** Trusts whom the platform trusts. Made when it is needed, since reading the certificates costs CPU. */
    private synchronized OkHttpClient encrypting() {
        encrypting = encrypting == null
                ? client.newBuilder().connectionSpecs(ENCRYPTED).build()
                : encrypting;
        return encrypting;
    }

    private OkHttpClient clientOf(Request request, int owner) {
        if (request.isHttps() && transport.tls().isEmpty()) {
            return encrypting();
        }
        return owner == OF_NOBODY || !transport.ownConnections()
                ? client
                : ownClients.computeIfAbsent(
                        owner, any -> client.newBuilder().connectionPool(pool()).build());
    }

    /** Handles a response that has begun; returns what to keep of its body. */
    private interface Body {
        byte[] read(Response response) throws IOException;
    }

    /** Sends a request on the calling thread and reads the whole response. */
    public Exchange execute(Request request) {
        return execute(request, OF_NOBODY);
    }

    /** The same, over this owner's own connections if each owner has its own. */
    public Exchange execute(Request request, int owner) {
        return execute(request, owner, this::body);
    }

    /**
     * Sends a request on the calling thread and reads its response as it comes, until it ends. No timeout ends it; only
     * the provider does, the reader itself, or {@link #cancelAll}. A response that {@link StreamedAnswer#goesOn does not
     * go on} is read whole, as usual.
     */
    public Exchange stream(Request request, int owner, StreamedAnswer answer) {
        return execute(
                request, owner, response -> answer.goesOn(response) ? streamed(response, answer) : body(response));
    }

    private byte[] streamed(Response response, StreamedAnswer answer) throws IOException {
        InFlight call = calls.current();
        call.lasts();
        answer.read(response, call);
        return new byte[0];
    }

    private Exchange execute(Request request, int owner, Body body) {
        while (true) {
            try {
                return once(request, owner, body);
            } catch (IdleForTooLong e) {
                // nothing was sent, and that connection is closed
            }
        }
    }

    private Exchange once(Request request, int owner, Body body) throws IdleForTooLong {
        InFlight call = calls.begin(clientOf(request, owner).newCall(request), owner, Long.MAX_VALUE);
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

    /** For callers that execute {@link #calls} themselves. */
    OkHttpClient shared() {
        return transport.tls().isPresent() ? client : encrypting();
    }

    InFlightCalls calls() {
        return calls;
    }

    /** Reads piece by piece while unpacking, because the declared length may be wrong. */
    byte[] body(Response response) throws IOException {
        BufferedSource body = response.body().source();
        if (response.body().contentLength() > mostBodyBytes || body.request(mostBodyBytes + 1L)) {
            calls.current().call().cancel(); // otherwise closing the response would go on reading for a while
            throw new IOException("the answer has more than " + mostBodyBytes + " bytes");
        }
        return body.readByteArray();
    }

    /**
     * What passed through its sockets so far.
     *
     * @param requests sent, as the caller counts them
     */
    public WireTotals totals(long requests) {
        return sockets.totals(requests);
    }

    /** Connections opened so far. */
    public long connectionsOpened() {
        return sockets.connected();
    }

    /** Breaks off what these owners have under way, and closes idle connections: theirs, or all if they share them. */
    public void cutOff(IntPredicate owners) {
        calls.breakOff(owners);
        client.connectionPool().evictAll();
        ownClients.entrySet().stream()
                .filter(own -> owners.test(own.getKey()))
                .forEach(own -> own.getValue().connectionPool().evictAll());
    }

    /** Breaks off all unfinished requests. */
    public void cancelAll() {
        calls.cancelAll();
    }

    @Override
    public void close() {
        calls.close();
        cutOff(any -> true);
        client.dispatcher().executorService().shutdown();
    }
}
