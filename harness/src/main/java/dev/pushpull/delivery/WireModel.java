package dev.pushpull.delivery;

import dev.pushpull.delivery.VirtualTally.Count;
import dev.pushpull.scenario.Scenario;
import java.util.function.ToLongFunction;

/**
 * Bytes at the socket in virtual time, headers included: the closed model of theory.md section 4 with the sizes of this
 * program's own HTTP surface. A test holds the sizes against a live run.
 *
 * @param requestBytes a GET for events
 * @param emptyBytes its answer when there is nothing
 * @param pageBytes its answer without the events in it
 * @param eventBytes an event as JSON
 * @param attemptBytes a webhook POST without the event
 * @param acknowledgementBytes its answer
 */
public record WireModel(
        double requestBytes,
        double emptyBytes,
        double pageBytes,
        double eventBytes,
        double attemptBytes,
        double acknowledgementBytes) {
    private static final String EVENT = "{'id':'evt_0123456789abcdef','stream':'','sequence':,'type':'',"
            + "'occurred_at':'2026-11-01T00:00:00.000000000Z','data':}";

    /** A page's comma between events is counted with each event, its missing one at the end of the page. */
    private static final String PAGE = "{'data':[],'next_cursor':'','has_more':false}";

    private static final String HOST = "Host: 127.0.0.1:40000\r\n";
    private static final String CLIENT =
            HOST + "Connection: Keep-Alive\r\nAccept-Encoding: gzip\r\nUser-Agent: okhttp/5.5.1\r\n\r\n";
    private static final String DATE = "Date: Sun, 01 Nov 2026 00:00:00 GMT\r\n\r\n";
    private static final String REQUEST = "GET /events?stream=&limit=&after= HTTP/1.1\r\n" + CLIENT;
    private static final String IF_NONE_MATCH = "If-None-Match: ''\r\n";
    private static final String PREFER_WAIT = "Prefer: wait=\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nETag: ''\r\n"
            + "Content-Type: application/json\r\nContent-Length: \r\n" + DATE;
    private static final String NOT_MODIFIED =
            "HTTP/1.1 304 Not Modified\r\nConnection: keep-alive\r\nETag: ''\r\n" + DATE;
    private static final String ATTEMPT = "POST /webhooks/ HTTP/1.1\r\nwebhook-id: evt_0123456789abcdef\r\n"
            + "webhook-timestamp: 1793491200\r\nwebhook-signature: v1,0123456789012345678901234567890123456789012=\r\n"
            + "Content-Type: application/json\r\nContent-Length: \r\n" + CLIENT;
    private static final String ACKNOWLEDGEMENT =
            "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n" + DATE;

    /** Polls that get an empty page when there is nothing. */
    public static WireModel polling(Scenario scenario) {
        Scenario.Events events = scenario.events();
        double streamName = events.streams() == Scenario.Streams.SHARED
                ? "shared".length()
                : "c".length() + digits(events.consumers() - 1.0);
        double eventsAStream =
                events.arrivals().ratePerSecond() * scenario.run().durationNanos() / 1e9;
        double sequence = digits(eventsAStream);
        double event = EVENT.length() + streamName + sequence + events.type().length() + events.payloadBytes();
        double limit = digitsOf(scenario.polling().pageLimit());
        double pageEvents = Math.max(1, Math.min(scenario.polling().pageLimit(), scenario.loadFactor()));
        double page = ANSWER.length() + PAGE.length() + 2 * sequence;
        return new WireModel(
                REQUEST.length() + streamName + limit + sequence,
                page + digitsOf(PAGE.length() + sequence),
                page + digitsOf(PAGE.length() + pageEvents * (event + 1)) - 1,
                event + 1,
                ATTEMPT.length() + digits(events.consumers() - 1.0) + digitsOf(event) - 1,
                ACKNOWLEDGEMENT.length());
    }

    /** Polls that get 304 when there is nothing. */
    public static WireModel conditionalPolling(Scenario scenario) {
        WireModel plain = polling(scenario);
        double sequence = digits(
                scenario.events().arrivals().ratePerSecond() * scenario.run().durationNanos() / 1e9);
        return plain.asking(IF_NONE_MATCH.length() + sequence, NOT_MODIFIED.length() + sequence);
    }

    /** Polls that ask the provider to wait, and get an empty page when it did so in vain. */
    public static WireModel longPolling(Scenario scenario, long waitSeconds) {
        WireModel plain = polling(scenario);
        return plain.asking(PREFER_WAIT.length() + digitsOf(waitSeconds), plain.emptyBytes);
    }

    private WireModel asking(double moreBytes, double emptyBytes) {
        return new WireModel(
                requestBytes + moreBytes, emptyBytes, pageBytes, eventBytes, attemptBytes, acknowledgementBytes);
    }

    /** The mean number of digits of the whole numbers from 1 to a number. */
    private static double digits(double most) {
        double digits = 1;
        for (double power = 10; power <= most; power *= 10) {
            digits += (most - power + 1) / most;
        }
        return digits;
    }

    private static double digitsOf(double number) {
        return 1 + Math.floor(Math.log10(Math.max(1, number)));
    }

    /** What all requests of a run send to the provider, and the answers to its webhooks. */
    public double bytesToProvider(ToLongFunction<Count> of) {
        return requestBytes * (of.applyAsLong(Count.POLLS) + of.applyAsLong(Count.FURTHER_PAGES))
                + acknowledgementBytes * of.applyAsLong(Count.ANSWERED);
    }

    /** What all answers of a run, and its webhooks, send to the consumers. */
    public double bytesToConsumer(ToLongFunction<Count> of) {
        long hits = of.applyAsLong(Count.HITS) + of.applyAsLong(Count.FURTHER_PAGES);
        return emptyBytes * (of.applyAsLong(Count.POLLS) - of.applyAsLong(Count.HITS))
                + pageBytes * hits
                + eventBytes * of.applyAsLong(Count.FETCHED)
                + (attemptBytes + eventBytes) * of.applyAsLong(Count.ANSWERED);
    }
}
