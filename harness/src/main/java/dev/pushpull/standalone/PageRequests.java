package dev.pushpull.standalone;

import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.TerminalText;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Credentials;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Requests a page: sends headers, credentials and a body only to the endpoint they are for, and follows redirects if
 * wanted.
 */
final class PageRequests {
    private static final int MOST_REDIRECTS = 10;
    private static final int NOT_MODIFIED = 304;
    private static final Set<Integer> KEEPING_THE_METHOD = Set.of(307, 308);
    private static final String JSON = "application/json";

    private final MeteredHttpClient client;
    private final EndpointPolling.Setup setup;
    private final Validators validators;
    private final Interruption stop;
    private final AtomicLong requests = new AtomicLong();

    /**
     * The result of a request.
     *
     * @param url that answered, after redirects
     * @param sentNanos before it was sent, by the monotonic clock
     * @param readNanos when the whole answer had been read, by the monotonic clock
     * @param problem why the exchange does not answer the request; empty when it does
     */
    record Answer(Exchange exchange, HttpUrl url, long sentNanos, long readNanos, String problem) {
        boolean notModified() {
            return exchange.status() == NOT_MODIFIED;
        }
    }

    PageRequests(MeteredHttpClient client, EndpointPolling.Setup setup, Validators validators, Interruption stop) {
        this.client = client;
        this.setup = setup;
        this.validators = validators;
        this.stop = stop;
    }

    /** Requests sent so far, including redirected ones. */
    long sent() {
        return requests.get();
    }

    /**
     * @param page by which its validators are known
     * @param lastEventId of the stream so far; blank for none
     * @param feed reads the answer if it is one that goes on
     */
    Answer ask(HttpUrl asked, String page, String lastEventId, FeedReader feed) {
        HttpUrl url = asked;
        boolean posts = setup.request().isPost();
        for (int redirects = 0; ; redirects++) {
            Request request = request(url, posts, page, lastEventId);
            long sentNanos = NanoClock.SYSTEM.nanoTime();
            Exchange exchange = sent(request, feed);
            long readNanos = NanoClock.SYSTEM.nanoTime();
            boolean redirect = exchange.status() >= 300 && exchange.status() < 400 && exchange.status() != NOT_MODIFIED;
            if (!redirect) {
                return new Answer(exchange, url, sentNanos, readNanos, problem(exchange));
            }
            String target = exchange.headers().get("Location");
            HttpUrl next = target == null ? null : url.resolve(target);
            posts &= KEEPING_THE_METHOD.contains(exchange.status());
            String stops = stops(exchange.status(), target, next, posts, redirects);
            if (!stops.isEmpty()) {
                return new Answer(exchange, url, sentNanos, readNanos, stops);
            }
            url = next;
        }
    }

    /** Why a redirect is not followed; empty when it is. */
    private String stops(int status, String target, HttpUrl next, boolean posts, int redirects) {
        String points =
                "status %d: it points %s".formatted(status, target == null ? "nowhere" : "to " + shown(target, next));
        if (next == null || !setup.request().followsRedirects()) {
            return points + (next == null ? "" : " (--follow goes there)");
        }
        if (posts && !sameServer(next, setup.url())) {
            return points + ", another server, and the body is not sent there";
        }
        return redirects == MOST_REDIRECTS ? points + ", after " + MOST_REDIRECTS + " redirects" : "";
    }

    /**
     * A connection that the other side closed while it was idle breaks before the first byte. A GET is sent again at once
     * over a new connection, and both count; a POST is not, because it may have done something.
     */
    private Exchange sent(Request request, FeedReader feed) {
        long opened = client.connectionsOpened();
        Exchange exchange = once(request, feed);
        boolean overKeptConnection = client.connectionsOpened() == opened;
        boolean brokeBeforeItBegan =
                exchange.ending() == Ending.CUT_OFF && exchange.bytesReceived() == 0 && overKeptConnection;
        boolean mayBeSentAgain = request.method().equals("GET") && !stop.requested(); // to end it breaks it, too
        return brokeBeforeItBegan && mayBeSentAgain ? once(request, feed) : exchange;
    }

    private Exchange once(Request request, FeedReader feed) {
        requests.incrementAndGet();
        return client.stream(request, 0, feed);
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
    private Request request(HttpUrl url, boolean posts, String page, String lastEventId) {
        PollRequest how = setup.request();
        Request.Builder request = new Request.Builder().url(url);
        if (!sameServer(url, setup.url())) {
            return request.build();
        }
        Headers.Builder headers = how.headers().newBuilder();
        boolean named =
                !setup.url().username().isEmpty() || !setup.url().password().isEmpty();
        if (named) {
            setUnlessGiven(
                    headers,
                    "Authorization",
                    Credentials.basic(setup.url().username(), setup.url().password(), StandardCharsets.UTF_8));
        }
        setup.format().ifPresent(format -> setUnlessGiven(headers, "Accept", format.accepted()));
        setup.pace()
                .hold()
                .filter(wait -> wait.parameter().isEmpty())
                .ifPresent(wait -> setUnlessGiven(headers, "Prefer", "wait=" + wait.told()));
        if (!lastEventId.isEmpty()) {
            headers.removeAll("Last-Event-ID").addUnsafeNonAscii("Last-Event-ID", lastEventId);
        }
        if (posts) {
            setUnlessGiven(headers, "Content-Type", JSON);
            request.post(RequestBody.create(how.body(), null));
        } else if (how.conditional() && !how.isPost()) {
            validators.addTo(headers, page);
        }
        return request.headers(headers.build()).build();
    }

    private static void setUnlessGiven(Headers.Builder headers, String name, String value) {
        if (headers.get(name) == null && !value.isEmpty()) {
            headers.set(name, value);
        }
    }

    private static boolean sameServer(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }
}
