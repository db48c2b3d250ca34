package dev.pushpull.measure;

import dev.pushpull.measure.CountingSocketFactory.CountingSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
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

    /**
     * What went through an exchange's socket. It is settled when the response's last byte was read and before the
     * connection goes back to the pool: a moment later another exchange may already be using it.
     */
    private static final class Passage {
        private CountingSocket socket;
        private long sentBefore;
        private long receivedBefore;
        private long sent;
        private long received;

        void begin(CountingSocket connected) {
            socket = connected;
            sentBefore = connected.bytesSent();
            receivedBefore = connected.bytesReceived();
        }

        void settle() {
            if (socket != null) {
                sent = socket.bytesSent() - sentBefore;
                received = socket.bytesReceived() - receivedBefore;
            }
        }
    }

    private static final EventListener SETTLES_BEFORE_RELEASE = new EventListener() {
        @Override
        public void responseBodyEnd(Call call, long byteCount) {
            call.request().tag(Passage.class).settle();
        }
    };

    /**
     * @param connections most connections kept open while idle
     * @param dns resolves and vets hosts
     */
    public MeteredHttpClient(Duration connectTimeout, Duration responseTimeout, int connections, Dns dns) {
        Interceptor seesConnection = chain -> {
            chain.request().tag(Passage.class).begin((CountingSocket)
                    chain.connection().socket());
            return chain.proceed(chain.request());
        };
        client = new OkHttpClient.Builder()
                .socketFactory(sockets)
                .dispatcher(new Dispatcher())
                .connectionPool(new ConnectionPool(connections, IDLE_CONNECTIONS_KEPT.toSeconds(), TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(connectTimeout)
                .readTimeout(responseTimeout)
                .writeTimeout(responseTimeout)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .dns(dns)
                .eventListener(SETTLES_BEFORE_RELEASE)
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
                    Ending.ANSWERED, response.code(), response.headers(), body, passage.sent, passage.received, "");
        } catch (IOException e) {
            passage.settle(); // a broken connection is nobody else's
            return new Exchange(
                    ending(e, passage), 0, Headers.EMPTY, new byte[0], passage.sent, passage.received, text(e));
        }
    }

    private static Ending ending(IOException e, Passage passage) {
        if (passage.socket == null || e instanceof ConnectException) {
            return Ending.REFUSED;
        }
        return e instanceof SocketTimeoutException ? Ending.TIMED_OUT : Ending.CUT_OFF;
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
