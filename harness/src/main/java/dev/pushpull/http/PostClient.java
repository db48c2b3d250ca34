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
 * <p>A request that went over a connection used before, and broke off without a byte of an answer, is sent again at once
 * over a fresh one, once: most likely the peer had closed the idle connection in that very moment. Repeating it is safe,
 * even if the peer had taken the first: each webhook carries the id of its event, by which its receiver drops what it has
 * seen (RFC 9110, 9.2.2 allows it where the client knows that). It is counted, and its bytes are those of both.
 *
 * <p>Whatever goes wrong on whichever thread, a request ends exactly once, and harms none of another connection.
 */
public interface PostClient extends AutoCloseable {
    /** What every client here calls itself. */
    String USER_AGENT = "pushpull/0.1";

    /**
     * Sends a request, on this thread or another. Waits for nobody.
     *
     * @param headers besides those that every request has; the caller vouches that they are well formed
     * @param over called once, on a thread of this client's, with what became of it
     * @throws RejectedExecutionException when this client was closed; then it is not called
     */
    void post(HttpUrl url, Map<String, String> headers, byte[] body, Consumer<Exchange> over);

    /** Requests so far that were sent a second time because a connection used before broke without an answer. */
    long resent();

    /**
     * What went through its sockets so far.
     *
     * @param requests that were sent, as the caller counts them
     */
    WireTotals totals(long requests);

    /** Breaks off whatever is under way. */
    void cancelAll();

    @Override
    void close();
}
