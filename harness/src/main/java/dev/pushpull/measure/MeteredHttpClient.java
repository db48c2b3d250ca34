package dev.pushpull.measure;

import dev.pushpull.measure.CountingSocketFactory.CountingSocket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * OkHttp with every byte counted at the socket. One request is one attempt on one connection: nothing is retried and no
 * redirect followed behind the back of whoever counts.
 */
public final class MeteredHttpClient implements AutoCloseable {
    /** Shorter than a server keeps an idle connection, so that none is used in the moment it is closed. */
    private static final Duration IDLE_CONNECTIONS_KEPT = Duration.ofSeconds(45);

    private final CountingSocketFactory sockets = new CountingSocketFactory();
    private final OkHttpClient client;

    /** How an exchange ended. */
    public enum Ending {
        /** A whole response came. */
        ANSWERED,
        /** No connection came about. */
        REFUSED,
        /** No response within the time allowed. */
        TIMED_OUT,
        /** The connection broke. */
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
        /** Whether a response of the 2xx kind came. */
        public boolean successful() {
            return status >= 200 && status < 300;
        }
    }

    /** What one exchange was on the wire; written by the interceptors, on the thread that executes it. */
    private static final class Passage {
        private CountingSocket socket;
        private long sentBefore;
        private long receivedBefore;
        private int status;
        private long sent;
        private long received;

        void begin(CountingSocket connected) {
            socket = connected;
            sentBefore = connected.bytesSent();
            receivedBefore = connected.bytesReceived();
        }

        void end() {
            if (socket != null) {
                sent = socket.bytesSent() - sentBefore;
                received = socket.bytesReceived() - receivedBefore;
            }
        }
    }

    /**
     * @param responseTimeout until the whole response is there, however slowly it trickles
     * @param connections most connections kept open while idle
     * @param dns resolves and vets hosts
     */
    public MeteredHttpClient(Duration connectTimeout, Duration responseTimeout, int connections, Dns dns) {
        client = new OkHttpClient.Builder()
                .socketFactory(sockets)
                .dispatcher(new Dispatcher())
                .connectionPool(new ConnectionPool(connections, IDLE_CONNECTIONS_KEPT.toSeconds(), TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(connectTimeout)
                .readTimeout(responseTimeout)
                .writeTimeout(responseTimeout)
                .callTimeout(connectTimeout.plus(responseTimeout))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .dns(dns)
                .addInterceptor(MeteredHttpClient::readWhole)
                .addNetworkInterceptor(MeteredHttpClient::passThrough)
                .build();
    }

    /** Takes the response in before the call ends: afterwards the connection may carry somebody else's bytes. */
    private static Response readWhole(Interceptor.Chain chain) throws IOException {
        try (Response response = chain.proceed(chain.request())) {
            ResponseBody whole = ResponseBody.create(response.body().bytes(), null);
            return response.newBuilder().body(whole).build();
        } finally {
            chain.request().tag(Passage.class).end();
        }
    }

    /**
     * Sees the connection and the true status. OkHttp acts on some statuses by itself, whatever its settings: a 503 with
     * {@code Retry-After: 0} is sent again unseen, one with a number too large throws, and so does a 407. It is shown a
     * plain 200 instead.
     */
    private static Response passThrough(Interceptor.Chain chain) throws IOException {
        Passage passage = chain.request().tag(Passage.class);
        passage.begin((CountingSocket) chain.connection().socket());
        Response response = chain.proceed(chain.request());
        passage.status = response.code();
        boolean harmless = response.isSuccessful() || response.code() == 304;
        return harmless ? response : response.newBuilder().code(200).build();
    }

    /** Sends a request on the calling thread and reads the whole response. */
    public Exchange execute(Request request) {
        Passage passage = new Passage();
        Call call =
                client.newCall(request.newBuilder().tag(Passage.class, passage).build());
        try (Response response = call.execute()) {
            byte[] body = response.body().bytes();
            return new Exchange(
                    Ending.ANSWERED, passage.status, response.headers(), body, passage.sent, passage.received, "");
        } catch (IOException e) {
            return new Exchange(
                    ending(e, passage), 0, Headers.EMPTY, new byte[0], passage.sent, passage.received, text(e));
        }
    }

    private static Ending ending(IOException e, Passage passage) {
        if (passage.socket == null || e instanceof ConnectException) {
            return Ending.REFUSED;
        }
        boolean callTimedOut = e instanceof InterruptedIOException && "timeout".equals(e.getMessage());
        return e instanceof SocketTimeoutException || callTimedOut ? Ending.TIMED_OUT : Ending.CUT_OFF;
    }

    private static String text(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Bytes sent so far by all requests. */
    public long bytesSent() {
        return sockets.bytesSent();
    }

    /** Bytes received so far by all requests. */
    public long bytesReceived() {
        return sockets.bytesReceived();
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
        cancelAll();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
