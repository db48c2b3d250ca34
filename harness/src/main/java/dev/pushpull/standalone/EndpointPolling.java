package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.EpochClock;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.Transport;
import dev.pushpull.http.WireTotals;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.TerminalText;
import dev.pushpull.standalone.PollBooks.Ending;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * Polls any endpoint that answers with a list of things in JSON: asks conditionally, goes on from a cursor where there is
 * one, and waits as long as it is told to. It trusts the other side in nothing: every answer is bounded in bytes, pages
 * and time, and whatever an answer does, the poller ends when it is told to.
 */
public final class EndpointPolling {
    private static final long LONGEST_BACKOFF_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;

    /** How often the thread that waits for the end looks whether it has come. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** When the time is over, a poll under way has so long to end of itself. */
    private static final long LAST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** The first poll has so long, however short the time is. */
    private static final long FIRST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    /** A poller that was broken off is waited for so long; one in the resolver of names cannot be broken off. */
    private static final int FAREWELL_LOOKS = 15;

    private static final long FAREWELL_LOOK_MILLIS = 20;
    private static final double CLOCK_STEP_SECONDS = 0.1;

    private final Setup setup;
    private final Consumer<String> told;
    private final CpuMeter cpu = new CpuMeter();
    private final MeteredHttpClient client;
    private final PageRequests requests;
    private final PollBooks books = new PollBooks();
    private final PollLines lines;
    private final Interruption stop = new Interruption();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, String> lastTold = new HashMap<>();
    private volatile EpochClock clock;
    private volatile String cannotBePolled = "";
    private volatile boolean listMissed;
    private volatile boolean listFound;
    private double cpuMillis;
    private String cursor;
    private int failuresInARow;

    /**
     * What is polled and how.
     *
     * @param url with the credentials that are sent, if any
     * @param items where the list stands in the answer
     * @param id where an item's id stands in the item
     * @param conditional whether {@code If-None-Match} and {@code If-Modified-Since} are sent
     * @param headers sent with every request to the server of the URL
     * @param follow whether redirects are followed
     * @param mostPages that one poll reads
     * @param mostBytes that one answer may have, unpacked
     */
    public record Setup(
            HttpUrl url,
            JsonPointer items,
            JsonPointer id,
            long intervalNanos,
            boolean conditional,
            Headers headers,
            boolean follow,
            int mostPages,
            int mostBytes) {}

    /** What the poller does after a poll: it waits at least as long as it was told, and as long as after a failure. */
    private record Next(ToldWait toldWait, long backoffNanos) {}

    /** One that nobody watches. */
    public EndpointPolling(Setup setup, Consumer<String> told) {
        this(setup, told, line -> {});
    }

    /**
     * @param told what a person should know, a line each
     * @param watched of each poll and new item a line, for a person who watches
     */
    public EndpointPolling(Setup setup, Consumer<String> told, Consumer<Supplier<String>> watched) {
        this.setup = setup;
        this.told = told;
        this.lines = new PollLines(watched);
        this.client = new MeteredHttpClient(
                Duration.ofSeconds(10), Duration.ofSeconds(30), 1, Dns.SYSTEM, Transport.PLAIN, setup.mostBytes());
        this.requests = new PageRequests(client, setup);
    }

    /**
     * Polls, once at least, until an end is wished for or a time is over; what is under way then is broken off.
     *
     * @throws IOException when the very first answer is none that can be read: then the address is wrong
     */
    public void run(Interruption interruption, long mostNanos) throws IOException, InterruptedException {
        Thread poller = new RoleThreads("poll", RoleThreads.CONSUMER).newThread(() -> {
            try {
                pollUntilStopped(mostNanos);
            } finally {
                client.close();
                ended.countDown();
            }
        });
        clock = new EpochClock(NanoClock.SYSTEM);
        books.opened(clock);
        poller.start();
        long breakOffNanos = Math.max(FIRST_POLL_NANOS, later(mostNanos, LAST_POLL_NANOS));
        while (!interruption.requested()
                && clock.sinceStartNanos() < breakOffNanos
                && !ended.await(LOOK_EVERY_NANOS, TimeUnit.NANOSECONDS)) {
            // it polls
        }
        stop.request();
        for (int i = 0; i < FAREWELL_LOOKS && !ended.await(FAREWELL_LOOK_MILLIS, TimeUnit.MILLISECONDS); i++) {
            client.cancelAll(); // again and again: a request may have begun just after the last time
        }
        books.close();
        cpuMillis = cpu.millisByRole().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        if (!cannotBePolled.isEmpty() && !interruption.requested()) {
            throw new IOException(Secrets.masked(setup.url().toString()) + " cannot be polled: " + cannotBePolled);
        }
    }

    private void pollUntilStopped(long mostNanos) {
        try {
            long dueNanos = 0;
            do {
                Next next = guardedPoll();
                if (!cannotBePolled.isEmpty()) {
                    return;
                }
                long nowNanos = clock.sinceStartNanos();
                long ownNanos = Math.max(later(dueNanos, setup.intervalNanos()), later(nowNanos, next.backoffNanos()));
                dueNanos = Math.max(ownNanos, later(nowNanos, next.toldWait().nanos()));
                if (dueNanos > ownNanos) {
                    tellOfChange(
                            "wait",
                            next.toldWait().says(),
                            next.toldWait().told() + "; the next poll is in "
                                    + ToldWait.inSeconds(dueNanos - nowNanos));
                }
                stop.await(Math.min(dueNanos, mostNanos) - nowNanos);
                books.waitedAsTold(Math.min(clock.sinceStartNanos(), dueNanos) - Math.max(ownNanos, nowNanos));
            } while (!stop.requested() && dueNanos < mostNanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts it but to end it
        }
    }

    /** One poll, which ends in the books whatever an answer makes of the program. */
    private Next guardedPoll() {
        books.begin();
        try {
            return poll();
        } catch (OutOfMemoryError e) { // what took the room is given up with the poll
            return failure(ToldWait.NONE, Failures.outOfMemory("the answer"));
        } catch (StackOverflowError | RuntimeException e) {
            return failure(ToldWait.NONE, "unexpected: " + TerminalText.value(Failures.sentence(e)));
        }
    }

    private Next poll() {
        Set<String> cursors = new HashSet<>();
        cursors.add(cursor);
        for (int page = 1; ; page++) {
            PageRequests.Answer answer = requests.ask(cursor);
            Exchange exchange = answer.exchange();
            ToldWait toldWait = ToldWait.of(exchange.headers(), Instant.now());
            boolean overLimit = exchange.status() == TOO_MANY || exchange.status() == FORBIDDEN && toldWait.overLimit();
            if (overLimit) {
                return answered(Ending.LIMITED, toldWait);
            }
            if (!answer.problem().isEmpty()) {
                return failure(toldWait, answer.problem());
            }
            if (answer.notModified()) {
                return answered(Ending.UNCHANGED, toldWait);
            }
            if (exchange.status() == NO_CONTENT || exchange.status() == RESET_CONTENT) {
                books.took(List.of());
                return answered(Ending.READ, toldWait);
            }
            boolean more;
            try {
                more = take(exchange);
            } catch (IOException e) {
                return failure(toldWait, TerminalText.value(Failures.sentence(e)));
            }
            if (!more || endsEarly(page, cursors)) {
                return answered(Ending.READ, toldWait);
            }
            if (stop.requested()) {
                return answered(Ending.BROKEN_OFF, toldWait);
            }
        }
    }

    /** Whether there is a next page. */
    private boolean take(Exchange exchange) throws IOException {
        ListPage page;
        try {
            page = ListPage.read(exchange, setup.items(), setup.id(), stop);
        } catch (ListPage.NoList e) {
            listMissed = true;
            throw e;
        }
        listFound = true;
        lines.arrived(books.took(page.items()));
        cursor = page.cursor();
        if (page.more()) {
            requests.askWhole();
        } else {
            requests.askWhetherChanged(exchange);
        }
        return page.more();
    }

    private boolean endsEarly(int pages, Set<String> cursors) {
        boolean repeated = !cursors.add(cursor);
        if (repeated) {
            tellOfChange("pages", "repeated", "the same next_cursor came twice in one poll, so the poll ends here");
        } else if (pages >= setup.mostPages()) {
            tellOfChange(
                    "pages",
                    "many",
                    "a poll ends after %d pages (--most-pages) though there are more; the next poll continues there"
                            .formatted(pages));
        }
        return repeated || pages >= setup.mostPages();
    }

    private Next answered(Ending ending, ToldWait toldWait) {
        failuresInARow = 0;
        books.end(ending).ifPresent(lines::ended);
        return new Next(toldWait, 0);
    }

    private Next failure(ToldWait toldWait, String reason) {
        if (stop.requested()) { // most likely because of that
            return answered(Ending.BROKEN_OFF, toldWait);
        }
        // one that says when to come again can be polled
        if (books.polls() == 1 && books.nothingRead() && toldWait.nanos() == 0) {
            cannotBePolled = reason;
        } else {
            tellOfChange("failure", reason, "poll %d failed: %s".formatted(books.polls(), reason));
        }
        books.end(Ending.FAILED).ifPresent(lines::ended);
        failuresInARow++;
        long doubled = setup.intervalNanos();
        for (int i = 1; i < failuresInARow && doubled < LONGEST_BACKOFF_NANOS; i++) {
            doubled *= 2;
        }
        return new Next(toldWait, Math.min(LONGEST_BACKOFF_NANOS, doubled));
    }

    /** Says what is new, not the same at every poll. */
    private void tellOfChange(String kind, String what, String line) {
        if (!Objects.equals(lastTold.put(kind, what), what)) {
            told.accept(line);
        }
    }

    /** Times since the start, which are never negative; a sum beyond 292 years is that. */
    private static long later(long nanos, long byNanos) {
        long sum = nanos + byNanos;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** When the first poll was made. */
    public Instant startedAt() {
        return clock.startedAt();
    }

    /** What was counted, by column; once it has run. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mode", "poll");
        figures.put("interval_s", setup.intervalNanos() / 1e9);
        figures.putAll(books.counted(requests.sent()));
        WireTotals totals = client.totals(0);
        figures.put("bytes_to_provider", totals.bytesSent());
        figures.put("bytes_to_consumer", totals.bytesReceived());
        figures.put("connections_opened", totals.connections());
        figures.put("consumer_cpu_ms", cpuMillis);
        double rate = books.ratePerSecond();
        figures.put("rate_per_s", rate == 0 ? null : rate);
        figures.put("suiting_interval_s", rate == 0 ? null : suitingIntervalSeconds());
        figures.put("broken_off", books.brokenOff());
        figures.putAll(books.latenesses());
        return figures;
    }

    /**
     * The interval at which half of the polls would find something, if items came at random moments at the rate seen:
     * ln 2 / rate. Shorter ones waste more than half of their polls; 0 when nothing has come.
     */
    public double suitingIntervalSeconds() {
        double rate = books.ratePerSecond();
        return rate == 0 ? 0 : Math.log(2) / rate;
    }

    /** What came, one by one, up to some ten thousand. */
    public EvidenceTable items() {
        return books.table();
    }

    /** What a reader of the figures has to know. */
    public List<String> warnings() {
        List<String> warnings = books.warnings(setup.id().toString());
        if (listMissed && !listFound) {
            warnings.add("--items '%s' matched no list in any response".formatted(setup.items()));
        }
        double stepped = clock.steppedNanos() / 1e9;
        if (Math.abs(stepped) > CLOCK_STEP_SECONDS) {
            warnings.add(
                    "this host's clock was set by %+.1f s during the run; received_at keeps to the clock as it was at the start"
                            .formatted(stepped));
        }
        return warnings;
    }
}
