package dev.pushpull.surface;

import dev.pushpull.http.RunCertificate;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.theory.ByteCosts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttp;

/**
 * What our own HTTP surface puts on the wire, including headers. Each line is counted in characters, and a live run
 * agrees (SurfaceBytesTest). These are the constants of docs/theory.md section 4 for this program.
 */
public final class SurfaceBytes {
    /** By the scheme's name: as long with any secret, and asked for with every setting that somebody tries. */
    private static final Map<String, Integer> SIGNATURES = new ConcurrentHashMap<>();

    private static final int REQUEST_FRAME = length("Host: 127.0.0.1:50000\r\n")
            + length("Connection: Keep-Alive\r\n")
            + length("Accept-Encoding: gzip\r\n")
            + length("User-Agent: okhttp/" + OkHttp.VERSION + "\r\n")
            + length("\r\n");

    private static final int BARE_REPLY_FRAME = length("Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n") + length("\r\n");
    private static final int REPLY_FRAME = length("Connection: keep-alive\r\n") + BARE_REPLY_FRAME;
    private static final int PAGE_HEADERS = length("HTTP/1.1 200 OK\r\n")
            + length("Content-Type: application/json\r\n")
            + length("ETag: \"\"\r\n")
            + length("Content-Length: \r\n");
    private static final int PAGE_FRAME = length("{\"data\":[],\"next_cursor\":\"\",\"has_more\":false}");
    private static final int EVENT_FRAME = length("{\"id\":\"evt_0123456789abcdef\",\"stream\":\"\",\"sequence\":,")
            + length("\"type\":\"\",\"occurred_at\":\"1970-01-01T00:00:00.000000000Z\",\"data\":}");
    private static final int NOT_MODIFIED_HEADERS = length("HTTP/1.1 304 Not Modified\r\n") + length("ETag: \"\"\r\n");
    private static final int WEBHOOK_HEADERS = length("POST /webhooks/ HTTP/1.1\r\n")
            + length("Content-Type: application/json\r\n")
            + length("Content-Length: \r\n");
    private static final int WEBHOOK_REPLY = length("HTTP/1.1 200 OK\r\n") + length("Content-Length: 0\r\n");

    private SurfaceBytes() {}

    /** What a request contains besides its first line. */
    public static double requestFrame() {
        return REQUEST_FRAME;
    }

    /** What every answer contains besides its first line and its own headers. */
    public static double replyFrame() {
        return REPLY_FRAME;
    }

    /** Plain polls: an empty answer is an empty page. */
    public static ByteCosts plain(Scenario scenario, double attempts) {
        double cursor = cursorDigits(scenario);
        double page = REPLY_FRAME + PAGE_HEADERS + PAGE_FRAME + 2 * cursor;
        double event = event(scenario);
        Scenario.Wire wire = scenario.wire();
        return new ByteCosts(
                TlsBytes.message(wire, request(scenario, cursor)),
                TlsBytes.message(wire, page + digits(PAGE_FRAME + cursor)),
                TlsBytes.message(wire, page + digits(PAGE_FRAME + event) - 1), // one comma fewer than events
                TlsBytes.part(wire, event + 1),
                attempts * webhook(scenario));
    }

    /** Polls with {@code If-None-Match}: an empty answer is a 304. */
    public static ByteCosts conditional(Scenario scenario, double attempts) {
        ByteCosts plain = plain(scenario, attempts);
        double cursor = cursorDigits(scenario);
        return new ByteCosts(
                plain.request() + length("If-None-Match: \"\"\r\n") + cursor,
                TlsBytes.message(
                        scenario.wire(),
                        BARE_REPLY_FRAME + NOT_MODIFIED_HEADERS + cursor), // without a header that keeps the connection
                plain.pageOverhead(),
                plain.perEvent(),
                plain.webhook());
    }

    /** Polls that ask the provider to wait; the answer says that it did. */
    public static ByteCosts waiting(Scenario scenario, double attempts, long waitSeconds) {
        ByteCosts plain = plain(scenario, attempts);
        double granted = length("Preference-Applied: wait=\r\n") + digits(waitSeconds);
        return new ByteCosts(
                plain.request() + length("Prefer: wait=\r\n") + digits(waitSeconds),
                plain.emptyReply() + granted,
                plain.pageOverhead() + granted,
                plain.perEvent(),
                plain.webhook());
    }

    /** For polls that get an empty page when there is nothing. */
    public static ExchangeSizes polls(Scenario scenario) {
        return polls(scenario, plain(scenario, 1));
    }

    /** For polls that get a 304 when there is nothing. */
    public static ExchangeSizes conditionalPolls(Scenario scenario) {
        return polls(scenario, conditional(scenario, 1));
    }

    /** For polls that ask the provider to wait, and get an empty page if nothing came. */
    public static ExchangeSizes heldPolls(Scenario scenario, long waitSeconds) {
        return polls(scenario, waiting(scenario, 1, waitSeconds));
    }

    private static ExchangeSizes polls(Scenario scenario, ByteCosts costs) {
        return new ExchangeSizes(
                List.of(Exchanges.POLL, Exchanges.PAGE),
                costs.request(),
                costs.emptyReply(),
                costs.pageOverhead(),
                costs.perEvent(),
                TlsBytes.ofPolls(scenario.wire()));
    }

    /** For webhook attempts, each with its event. */
    public static ExchangeSizes webhooks(Scenario scenario) {
        return webhooks(scenario, event(scenario));
    }

    /** For webhook attempts with bodies of this size. */
    public static ExchangeSizes webhooks(Scenario scenario, double bodyBytes) {
        double acknowledgement = acknowledgement(scenario);
        return new ExchangeSizes(
                List.of(Exchanges.ATTEMPT),
                webhook(scenario, bodyBytes) - acknowledgement,
                acknowledgement,
                acknowledgement,
                0,
                TlsBytes.ofWebhooks(scenario.wire()));
    }

    /** One attempt at one webhook, request and reply. */
    public static double webhook(Scenario scenario) {
        return webhook(scenario, event(scenario));
    }

    /** The same with a body of this size. */
    public static double webhook(Scenario scenario, double bodyBytes) {
        double request = WEBHOOK_HEADERS
                + signature(scenario.webhooks().scheme())
                + scenario.webhooks().headers().entrySet().stream()
                        .mapToInt(header -> length(header.getKey() + ": " + header.getValue() + "\r\n"))
                        .sum()
                + REQUEST_FRAME
                + meanDigits(scenario.events().consumers() - 1)
                + digits(bodyBytes)
                + bodyBytes;
        return TlsBytes.message(scenario.wire(), request + host(scenario)) + acknowledgement(scenario);
    }

    /** How much longer a receiver's host name is than an address. */
    private static double host(Scenario scenario) {
        return scenario.wire().modelled()
                ? length("c." + RunCertificate.RECEIVER_DOMAIN)
                        - length("127.0.0.1")
                        + meanDigits(scenario.events().consumers() - 1)
                : 0;
    }

    /** What a scheme adds to a request: headers, and parts of its URL. */
    private static int signature(String name) {
        return SIGNATURES.computeIfAbsent(name, SurfaceBytes::signed);
    }

    private static int signed(String name) {
        SignatureScheme scheme = SignatureSchemes.named(name).orElseThrow();
        int bytes = length(scheme.target("/", new byte[0])) - length("/");
        Map<String, String> headers =
                scheme.sign(scheme.newSecret(), "evt_0123456789abcdef", 1_700_000_000, Message.of(new byte[0]));
        for (Map.Entry<String, String> header : headers.entrySet()) {
            bytes += length(header.getKey() + ": " + header.getValue() + "\r\n");
        }
        return bytes;
    }

    /** The reply to a webhook. */
    public static double acknowledgement(Scenario scenario) {
        return TlsBytes.message(scenario.wire(), REPLY_FRAME + WEBHOOK_REPLY);
    }

    private static double request(Scenario scenario, double cursor) {
        return length("GET /events?stream=&limit=&after= HTTP/1.1\r\n")
                + streamName(scenario)
                + digits(scenario.polling().pageLimit())
                + cursor
                + REQUEST_FRAME;
    }

    /** An event as JSON. */
    public static double event(Scenario scenario) {
        return EVENT_FRAME
                + streamName(scenario)
                + cursorDigits(scenario)
                + length(scenario.events().type())
                + scenario.events().payloadBytes();
    }

    /** The average name of a consumer's stream. */
    public static double streamName(Scenario scenario) {
        return scenario.events().streams() == Scenario.Streams.SHARED
                ? length("shared")
                : 1 + meanDigits(scenario.events().consumers() - 1);
    }

    /** The average number of digits in a sequence number of the run. */
    public static double cursorDigits(Scenario scenario) {
        return meanDigits(
                scenario.events().arrivals().ratePerSecond() * scenario.run().durationNanos() / 1e9);
    }

    /** Mean digits of the whole numbers from 0 to {@code last}. */
    private static double meanDigits(double last) {
        double digits = 1;
        for (double power = 10; power <= last; power *= 10) {
            digits += 1 - power / (last + 1);
        }
        return digits;
    }

    private static int digits(double number) {
        return Long.toString((long) number).length();
    }

    private static int length(String text) {
        return text.length();
    }
}
