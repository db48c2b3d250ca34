package dev.pushpull.http;

import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/**
 * Posts over HTTP/1.1 for a sender whose threads must not wait for answers. Every byte is counted at the socket; no redirect
 * is followed.
 *
 * <p>If a reused connection breaks without a byte of an answer, the request is sent again at once over a fresh connection,
 * once: most likely the peer had just closed the idle connection. That is safe even if the peer had taken the first one,
 * because receivers drop an event id that they have seen (RFC 9110, 9.2.2). The repetition is counted, and so are its bytes.
 *
 * <p>Whatever goes wrong, a request ends exactly once and does not affect other connections.
 */
public interface PostClient extends AutoCloseable {
    /** The User-Agent of every client here. */
    String USER_AGENT = "pushpull/0.1";

    /**
     * Sends a request, on this thread or another. Does not block.
     *
     * @param headers besides those of every request; the caller guarantees that they are well formed
     * @param over called once with the result, on a thread of this client
     * @throws RejectedExecutionException when this client is closed; {@code over} is then not called
     */
    void post(HttpUrl url, Map<String, String> headers, byte[] body, Consumer<Exchange> over);

    /** Number of requests that were sent again because a reused connection broke without an answer. */
    long resent();

    /**
     * The traffic of its sockets so far.
     *
     * @param requests that were sent, as the caller counts them
     */
    WireTotals totals(long requests);

    /** Aborts all requests in flight. */
    void cancelAll();

    @Override
    void close();
}
