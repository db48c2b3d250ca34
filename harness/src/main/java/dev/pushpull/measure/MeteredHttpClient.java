package dev.pushpull.measure;

import dev.pushpull.measure.CountingSocketFactory.CountingSocket;
import dev.pushpull.measure.CountingSocketFactory.Tally;
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

    /** What the interceptor next to the connection saw of an exchange. */
    private static final class Passage {
        private Tally tally;
        private int status;

        boolean connected() {
            return tally != null;
        }

        long sent() {
            return connected() ? tally.bytesSent() : 0;
        }

        long received() {
            return connected() ? tally.bytesReceived() : 0;
        }
    }

    /**
     * @param connectTimeout until a connection stands
     * @param responseTimeout from then until the whole response is there
     * @param connections most connections kept open while idle
     * @param dns resolves and vets hosts
     */
    public MeteredHttpClient(Duration connectTimeout, Duration responseTimeout, int connections, Dns dns) {
        Interceptor seesConnection = chain -> {
            Passage passage = chain.request().tag(Passage.class);
            passage.tally = ((CountingSocket) chain.connection().socket()).beginExchange();
            Response response = chain.proceed(chain.request());
            passage.status = response.code();
            // OkHttp acts on some errors of itself, sending a 503 with Retry-After: 0 again and taking a 407 for a
            // broken
            // connection: of an error it learns no more than that it is one
            return response.code() < 400
                    ? response
                    : response.newBuilder().code(500).build();
        };
        client = new OkHttpClient.Builder()
                .socketFactory(sockets)
                .dispatcher(new Dispatcher())
                .connectionPool(new ConnectionPool(connections, IDLE_CONNECTIONS_KEPT.toSeconds(), TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(connectTimeout)
                .readTimeout(responseTimeout)
                .writeTimeout(responseTimeout)
                .callTimeout(connectTimeout.plus(responseTimeout)) // the others begin anew with every byte
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .dns(dns)
                .addNetworkInterceptor(seesConnection)
                .build();
    }

    /** Sends a request on the calling thread and reads the whole response. */
    public Exchange execute(Request request) {
        Passage passage = new Passage();
        Call call =
                client.newCall(request.newBuilder().tag(Passage.class, passage).build());
        try (Response response = call.execute()) {
            byte[] body = response.body().bytes();
            return new Exchange(
                    Ending.ANSWERED, passage.status, response.headers(), body, passage.sent(), passage.received(), "");
        } catch (IOException e) {
            return new Exchange(
                    ending(e, passage), 0, Headers.EMPTY, new byte[0], passage.sent(), passage.received(), text(e));
        }
    }

    private static Ending ending(IOException e, Passage passage) {
        if (!passage.connected() || e instanceof ConnectException) {
            return Ending.REFUSED;
        }
        boolean callTimedOut = e instanceof InterruptedIOException && "timeout".equals(e.getMessage());
        return callTimedOut || e instanceof SocketTimeoutException ? Ending.TIMED_OUT : Ending.CUT_OFF;
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
