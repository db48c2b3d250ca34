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

/** Asks for a page: with the headers and credentials that are for the endpoint alone, and along redirects if wanted. */
final class PageRequests {
    private static final int MOST_REDIRECTS = 10;
    private static final int NOT_MODIFIED = 304;

    private final MeteredHttpClient client;
    private final EndpointPolling.Setup setup;
    private final AtomicLong requests = new AtomicLong();
    private String etag;
    private String lastModified;

    /**
     * What came of asking.
     *
     * @param problem why the exchange is no answer to what was asked; empty when it is one
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

    /** Requests sent so far, those along redirects included. */
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
     * A connection that the other side closed while it was idle breaks with the first byte: the request, a GET, is sent
     * again at once over a fresh one. Both count.
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

    /** What is the endpoint's alone, such as a key, goes to no other server. */
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

    /** Forgets what the last page can be asked for with. */
    void askWhole() {
        etag = null;
        lastModified = null;
    }

    /** The next time it is asked whether this answer still holds. */
    void askWhetherChanged(Exchange exchange) {
        etag = sendable(exchange.headers().get("ETag"));
        lastModified = sendable(exchange.headers().get("Last-Modified"));
    }

    /**
     * The client reads and writes headers as UTF-8: bytes that are UTF-8 go back as they came. Others were replaced when
     * they were read, so they cannot be sent back; nor is what would end the line or the header sent to anybody.
     */
    private static String sendable(String value) {
        boolean asItCame =
                value != null && value.chars().noneMatch(c -> c == '\uFFFD' || c < ' ' && c != '\t' || c == '\u007F');
        return asItCame ? value : null;
    }
}
