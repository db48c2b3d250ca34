package dev.pushpull.standalone;

import dev.pushpull.http.MeteredHttpClient;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.TerminalText;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Requests a page: sends headers and credentials only to the endpoint they are for, and follows redirects if wanted.
 */
final class PageRequests {
    private static final int MOST_REDIRECTS = 10;
    private static final int NOT_MODIFIED = 304;

    private final MeteredHttpClient client;
    private final EndpointPolling.Setup setup;
    private final AtomicLong requests = new AtomicLong();
    private String etag;
    private String lastModified;

    /**
     * The result of a request.
     *
     * @param problem why the exchange does not answer the request; empty when it does
     */
    record Answer(Exchange exchange, String problem) {
        boolean notModified() {
            return exchange.status() == NOT_MODIFIED;
        }
    }

    PageRequests(MeteredHttpClient client, EndpointPolling.Setup setup) {
        this.client = client;
        this.setup = setup;
    }

    /** Requests sent so far, including redirected ones. */
    long sent() {
        return requests.get();
    }

    /** @param cursor null for none */
    Answer ask(String cursor) {
        HttpUrl url = cursor == null
                ? setup.url()
                : setup.url().newBuilder().setQueryParameter("after", cursor).build();
        for (int redirects = 0; ; redirects++) {
            Exchange exchange = sent(request(url));
            boolean redirect = exchange.status() >= 300 && exchange.status() < 400 && exchange.status() != NOT_MODIFIED;
            if (!redirect) {
                return new Answer(exchange, problem(exchange));
            }
            String target = exchange.headers().get("Location");
            HttpUrl next = target == null ? null : url.resolve(target);
            String points = "status %d: it points %s"
                    .formatted(exchange.status(), target == null ? "nowhere" : "to " + shown(target, next));
            if (next == null || !setup.follow()) {
                return new Answer(exchange, points + (next == null ? "" : " (--follow goes there)"));
            }
            if (redirects == MOST_REDIRECTS) {
                return new Answer(exchange, points + ", after " + MOST_REDIRECTS + " redirects");
            }
            url = next;
        }
    }

    /**
     * A connection that the other side closed while it was idle breaks before the first byte. The request is a GET, so
     * it is sent again at once over a new connection. Both count.
     */
    private Exchange sent(Request request) {
        long opened = client.connectionsOpened();
        requests.incrementAndGet();
        Exchange exchange = client.execute(request);
        boolean overKeptConnection = client.connectionsOpened() == opened;
        if (exchange.ending() != Ending.CUT_OFF || exchange.bytesReceived() > 0 || !overKeptConnection) {
            return exchange;
        }
        requests.incrementAndGet();
        return client.execute(request);
    }

    private static String shown(String target, HttpUrl url) {
        return TerminalText.value(Secrets.masked(url == null ? target : url.toString()));
    }

    private String problem(Exchange exchange) {
        if (exchange.ending() != Ending.ANSWERED) {
            return TerminalText.firstLine(exchange.error());
        }
        return exchange.successful() || exchange.status() == NOT_MODIFIED ? "" : "status " + exchange.status();
    }

    /** What belongs to the endpoint, such as a key, is never sent to another server. */
    private Request request(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url);
        if (!sameServer(url, setup.url())) {
            return request.build();
        }
        Headers.Builder headers = setup.headers().newBuilder();
        boolean named =
                !setup.url().username().isEmpty() || !setup.url().password().isEmpty();
        if (named && headers.get("Authorization") == null) {
            headers.set(
                    "Authorization",
                    Credentials.basic(setup.url().username(), setup.url().password(), StandardCharsets.UTF_8));
        }
        if (setup.conditional() && etag != null) {
            headers.removeAll("If-None-Match").addUnsafeNonAscii("If-None-Match", etag);
        }
        if (setup.conditional() && lastModified != null) {
            headers.removeAll("If-Modified-Since").addUnsafeNonAscii("If-Modified-Since", lastModified);
        }
        return request.headers(headers.build()).build();
    }

    private static boolean sameServer(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }

    /** Forgets the validators of the last page. */
    void askWhole() {
        etag = null;
        lastModified = null;
    }

    /** The next request asks whether this answer is still valid. */
    void askWhetherChanged(Exchange exchange) {
        etag = sendable(exchange.headers().get("ETag"));
        lastModified = sendable(exchange.headers().get("Last-Modified"));
    }

    /**
     * The client reads and writes headers as UTF-8, so bytes that are UTF-8 are sent back as they came. Others were
     * replaced when they were read, so they cannot be sent back; what would end the line or the header is never sent.
     */
    private static String sendable(String value) {
        boolean asItCame =
                value != null && value.chars().noneMatch(c -> c == '\uFFFD' || c < ' ' && c != '\t' || c == '\u007F');
        return asItCame ? value : null;
    }
}
