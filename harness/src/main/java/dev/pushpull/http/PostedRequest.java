package dev.pushpull.http;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.ResponseReader.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** One request, its bytes, and the callback for its result. One thread at a time works on it. */
final class PostedRequest {
    private final byte[] bytes;
    private final Consumer<Exchange> over;
    private volatile long deadlineNanos;
    private ExchangeTally tally;
    private long sentBefore;
    private long receivedBefore;
    private boolean begun;
    private boolean resent;

    /** @param headers in addition to those of every request; the caller makes sure that they are well formed */
    PostedRequest(HttpUrl url, Map<String, String> headers, byte[] body, Consumer<Exchange> over) {
        this.bytes = bytes(url, headers, body);
        this.over = over;
    }

    private static byte[] bytes(HttpUrl url, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(512);
        head.append("POST ").append(url.encodedPath());
        String query = url.encodedQuery();
        if (query != null) {
            head.append('?').append(query);
        }
        head.append(" HTTP/1.1\r\nContent-Type: application/json\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\nHost: ");
        String host = url.host();
        head.append(host.indexOf(':') < 0 ? host : "[" + host + "]");
        if (url.port() != HttpUrl.defaultPort(url.scheme())) {
            head.append(':').append(url.port());
        }
        head.append("\r\nConnection: Keep-Alive\r\nAccept-Encoding: gzip\r\nUser-Agent: "
                + PostClient.USER_AGENT
                + "\r\n\r\n");
        byte[] bytes = new byte[head.length() + body.length];
        byte[] text = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, bytes, 0, text.length);
        System.arraycopy(body, 0, bytes, text.length, body.length);
        return bytes;
    }

    /** Head and body. */
    byte[] bytes() {
        return bytes;
    }

    /** The time by which a connection must be open; has no effect once one was. */
    void connectsUntil(long nanos) {
        if (!begun) {
            deadlineNanos = nanos;
        }
    }

    /** A connection is open; its bytes belong to this request from now on. */
    void begin(ExchangeTally tally, long answeredUntilNanos) {
        connectsUntil(answeredUntilNanos);
        begun = true;
        this.tally = tally;
    }

    /** The request goes over another connection; its time continues. */
    void beginAgain() {
        tally.broke();
        sentBefore = tally.bytesSent();
        receivedBefore = tally.bytesReceived();
        tally = null;
        resent = true;
    }

    boolean resent() {
        return resent;
    }

    /** Whether it had a connection, even one that broke. */
    boolean begun() {
        return begun;
    }

    boolean overdue(long nowNanos) {
        return nowNanos - deadlineNanos > 0;
    }

    /** What passes over its connection from now on is not part of it. */
    void stopCounting() {
        if (tally != null) {
            tally.end();
        }
    }

    void answered(Response response) {
        end(Ending.ANSWERED, response.status(), response.headers(), response.body(), "");
    }

    void failed(Ending ending, String error) {
        end(ending, 0, Headers.EMPTY, new byte[0], error);
    }

    private void end(Ending ending, int status, Headers headers, byte[] body, String error) {
        if (tally != null && ending != Ending.ANSWERED) {
            tally.broke();
        }
        stopCounting();
        long sent = sentBefore + (tally == null ? 0 : tally.bytesSent());
        long received = receivedBefore + (tally == null ? 0 : tally.bytesReceived());
        try {
            over.accept(new Exchange(ending, status, headers, body, sent, received, error));
        } catch (RuntimeException | Error e) { // reported; the connection's thread continues
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
