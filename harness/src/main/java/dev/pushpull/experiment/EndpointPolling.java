package dev.pushpull.experiment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.measure.CpuMeter;
import dev.pushpull.measure.MeteredHttpClient;
import dev.pushpull.measure.MeteredHttpClient.Ending;
import dev.pushpull.measure.MeteredHttpClient.Exchange;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.scenario.EvidenceTable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Polls any endpoint that answers with a list of things in JSON: asks conditionally, goes on from a cursor where there is
 * one, and waits as long as it is told to.
 */
public final class EndpointPolling implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final JsonPointer CURSOR = JsonPointer.compile("/next_cursor");
    private static final JsonPointer MORE = JsonPointer.compile("/has_more");
    private static final long LONGEST_WAIT_NANOS = TimeUnit.HOURS.toNanos(24);
    private static final long LONGEST_BACKOFF_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int MOST_LISTED = 100_000;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int NOT_MODIFIED = 304;
    private static final long EPOCH_RATHER_THAN_SECONDS = 1_000_000_000L;

    private final Setup setup;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final CpuMeter cpu = new CpuMeter();
    private final MeteredHttpClient client;
    private final Set<String> seen = new HashSet<>();
    private final List<List<Object>> listed = new ArrayList<>();
    private final long startedNanos = clock.nanoTime();
    private String cursor;
    private String etag;
    private String lastModified;
    private long polls;
    private long requests;
    private long empty;
    private long unchanged;
    private long limited;
    private long failed;
    private long backlog;
    private long found;
    private long waitedNanos;
    private int failuresInARow;
    private String last = "";

    /**
     * What is polled.
     *
     * @param items where the list stands in the answer
     * @param id where an item's id stands in the item
     * @param conditional whether {@code If-None-Match} and {@code If-Modified-Since} are sent
     */
    public record Setup(
            HttpUrl url,
            JsonPointer items,
            JsonPointer id,
            long intervalNanos,
            boolean conditional,
            Map<String, String> headers) {}

    /** @throws IllegalArgumentException when a header cannot be sent */
    public EndpointPolling(Setup setup) {
        this.setup = setup;
        this.client = new MeteredHttpClient(Duration.ofSeconds(10), Duration.ofSeconds(30), 1, Dns.SYSTEM);
    }

    /**
     * Polls until an end is wished for or a time is over.
     *
     * @throws IOException when the very first answer is none that can be read: then the address is wrong
     */
    public void run(Interruption interruption, long mostNanos) throws IOException, InterruptedException {
        long untilNanos = startedNanos + mostNanos;
        long dueNanos = clock.nanoTime();
        while (dueNanos < untilNanos && !interruption.await(Math.max(1, dueNanos - clock.nanoTime()))) {
            long waitNanos = poll();
            if (polls == 1 && failed == 1) {
                throw new IOException(setup.url() + " cannot be polled: " + last);
            }
            long plannedNanos = dueNanos + setup.intervalNanos();
            dueNanos = Math.max(plannedNanos, clock.nanoTime() + waitNanos);
            waitedNanos += dueNanos - Math.max(plannedNanos, clock.nanoTime());
            dueNanos = Math.min(dueNanos, untilNanos);
        }
    }

    /** One poll with its further pages; how long the next one has to wait at least. */
    private long poll() {
        polls++;
        long newItems = 0;
        Exchange exchange;
        boolean more;
        do {
            exchange = client.execute(request());
            requests++;
            more = false;
            if (exchange.successful()) {
                try {
                    JsonNode answer = JSON.readTree(exchange.body());
                    newItems += taken(answer);
                    String next =
                            answer.at(CURSOR).isTextual() ? answer.at(CURSOR).asText() : null;
                    more = next != null
                            && !next.equals(cursor)
                            && answer.at(MORE).asBoolean();
                    cursor = next;
                    etag = more ? null : exchange.headers().get("ETag");
                    lastModified = more ? null : exchange.headers().get("Last-Modified");
                } catch (IOException e) {
                    return failure("the answer is no JSON with a list at '" + setup.items() + "': " + e.getMessage());
                }
            }
        } while (more);
        unchanged += exchange.status() == NOT_MODIFIED ? 1 : 0;
        boolean answered = exchange.successful() || exchange.status() == NOT_MODIFIED;
        boolean overLimit = exchange.status() == TOO_MANY || exchange.status() == FORBIDDEN && waitAsked(exchange) > 0;
        if (!answered && !overLimit) {
            return Math.max(
                    waitAsked(exchange),
                    failure(exchange.ending() == Ending.ANSWERED ? "status " + exchange.status() : exchange.error()));
        }
        failuresInARow = 0;
        limited += overLimit ? 1 : 0;
        empty += newItems == 0 ? 1 : 0;
        if (polls == 1) {
            backlog = newItems; // what was there before: says nothing of how often something comes
        } else {
            found += newItems;
        }
        return waitAsked(exchange);
    }

    private long failure(String reason) {
        failed++;
        empty++;
        last = reason;
        failuresInARow++;
        return Math.min(LONGEST_BACKOFF_NANOS, setup.intervalNanos() << Math.min(20, failuresInARow - 1));
    }

    private Request request() {
        Request.Builder request = new Request.Builder()
                .url(
                        cursor == null
                                ? setup.url()
                                : setup.url()
                                        .newBuilder()
                                        .setQueryParameter("after", cursor)
                                        .build());
        setup.headers().forEach(request::header);
        if (setup.conditional() && etag != null) {
            request.header("If-None-Match", etag);
        }
        if (setup.conditional() && lastModified != null) {
            request.header("If-Modified-Since", lastModified);
        }
        return request.build();
    }

    private long taken(JsonNode answer) throws IOException {
        JsonNode items = answer.at(setup.items());
        if (!items.isArray()) {
            throw new IOException("there is " + (items.isMissingNode() ? "nothing" : "no list"));
        }
        long newItems = 0;
        for (JsonNode item : items) {
            JsonNode named = item.at(setup.id());
            String id = named.isValueNode() && !named.isMissingNode() ? named.asText() : item.toString();
            if (seen.add(id)) {
                newItems++;
                if (listed.size() < MOST_LISTED) {
                    listed.add(List.of(id, polls, (clock.nanoTime() - startedNanos) / 1e9));
                }
            }
        }
        return newItems;
    }

    /** What the answer's headers ask for, in nanoseconds; 0 when they ask for nothing. */
    private long waitAsked(Exchange exchange) {
        long wait = 0;
        String retryAfter = exchange.headers().get("Retry-After");
        if (retryAfter != null) {
            wait = Math.max(wait, secondsOrDate(retryAfter));
        }
        if ("0".equals(exchange.headers().get("X-RateLimit-Remaining"))) {
            wait = Math.max(wait, reset(exchange.headers().get("X-RateLimit-Reset")));
        }
        if ("0".equals(exchange.headers().get("RateLimit-Remaining"))) {
            wait = Math.max(wait, reset(exchange.headers().get("RateLimit-Reset")));
        }
        String interval = exchange.headers().get("X-Poll-Interval");
        if (interval != null && interval.matches("\\d{1,6}")) {
            wait = Math.max(wait, TimeUnit.SECONDS.toNanos(Long.parseLong(interval)));
        }
        return Math.min(wait, LONGEST_WAIT_NANOS);
    }

    private static long secondsOrDate(String text) {
        if (text.matches("\\d{1,9}")) {
            return TimeUnit.SECONDS.toNanos(Long.parseLong(text));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Math.max(0, Duration.between(Instant.now(), date.toInstant()).toNanos());
        } catch (DateTimeException e) {
            return 0;
        }
    }

    /** Seconds from now, or, when that would be decades, seconds since 1970. */
    private static long reset(String text) {
        if (text == null || !text.matches("\\d{1,12}")) {
            return 0;
        }
        long seconds = Long.parseLong(text);
        long fromNow = seconds < EPOCH_RATHER_THAN_SECONDS
                ? seconds
                : seconds - Instant.now().getEpochSecond();
        return TimeUnit.SECONDS.toNanos(Math.max(0, fromNow));
    }

    /** What was counted so far, by column. */
    public Map<String, Object> figures() {
        double seconds = (clock.nanoTime() - startedNanos) / 1e9;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mode", "poll");
        figures.put("interval_s", setup.intervalNanos() / 1e9);
        figures.put("duration_s", seconds);
        figures.put("delivered", found);
        figures.put("backlog", backlog);
        figures.put("polls", polls);
        figures.put("requests", requests);
        figures.put("empty_requests", empty);
        figures.put("wasted_ratio", polls == 0 ? null : (double) empty / polls);
        figures.put("requests_per_delivery", found == 0 ? null : (double) requests / found);
        figures.put("not_modified", unchanged);
        figures.put("rate_limited", limited);
        figures.put("failed", failed);
        figures.put("waited_as_told_s", waitedNanos / 1e9);
        figures.put("bytes_to_provider", client.bytesSent());
        figures.put("bytes_to_consumer", client.bytesReceived());
        figures.put("connections_opened", client.connectionsOpened());
        figures.put(
                "consumer_cpu_ms",
                cpu.millisByRole().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum());
        figures.put("rate_per_s", found == 0 ? null : found / seconds);
        return figures;
    }

    /**
     * The interval at which half of the polls would find something, if items came at random moments at the rate seen:
     * ln 2 / rate. Shorter ones waste more than half of their polls; 0 when nothing has come.
     */
    public double suitingIntervalSeconds() {
        double seconds = (clock.nanoTime() - startedNanos) / 1e9;
        return found == 0 ? 0 : Math.log(2) * seconds / found;
    }

    /** What came, one by one, up to some hundred thousand. */
    public EvidenceTable items() {
        return new EvidenceTable("items", List.of("id", "poll", "received_s"), List.copyOf(listed));
    }

    @Override
    public void close() {
        client.close();
    }
}
