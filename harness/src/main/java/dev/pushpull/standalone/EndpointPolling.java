package dev.pushpull.standalone;

import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.EpochClock;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient;
import dev.pushpull.http.Transport;
import dev.pushpull.http.WireTotals;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * Polls any endpoint that returns a JSON list, or reads the stream that it answers with. It polls conditionally, continues
 * from a cursor if there is one, and waits as long as it is told to. It trusts nothing the other side sends: every answer is limited in bytes, pages and
 * time, and whatever an answer does, the poller ends when it is told to.
 */
public final class EndpointPolling {
    /** How often the waiting thread checks whether the end has come. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long an unfinished poll may take to end by itself when the time is over. */
    private static final long LAST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** How long the first poll may take, however short the time is. */
    private static final long FIRST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    /** How long to wait for a poller that was broken off; one that is resolving a name cannot be broken off. */
    private static final int FAREWELL_LOOKS = 15;

    private static final long FAREWELL_LOOK_MILLIS = 20;
    private static final double CLOCK_STEP_SECONDS = 0.1;

    private final Setup setup;
    private final ToldChanges changes;
    private final CpuMeter cpu = new CpuMeter();
    private final MeteredHttpClient client;
    private final PageRequests requests;
    private final PollBooks books;
    private final ServerClock serverClock = new ServerClock();
    private final ListPoller poller;
    private final Interruption stop = new Interruption();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile EpochClock clock;
    private double cpuMillis;

    /**
     * What to poll, and how.
     *
     * @param url including any credentials to send
     * @param format of the answers; empty where their {@code Content-Type} tells
     * @param mostBytes the most bytes of one answer, unpacked; of a stream, of one line or event
     */
    public record Setup(
            HttpUrl url,
            ItemPointers items,
            PollRequest request,
            Paging paging,
            Pace pace,
            Optional<FeedFormat> format,
            int mostBytes) {
        /** A list that is paged as our provider pages it, asked for by conditional requests without more. */
        public static Setup of(HttpUrl url, ItemPointers items, long intervalNanos, int mostPages, int mostBytes) {
            return new Setup(
                    url,
                    items,
                    PollRequest.PLAIN,
                    Paging.ours(mostPages),
                    Pace.every(intervalNanos),
                    Optional.empty(),
                    mostBytes);
        }

        /** The URL of the first page, with the parameter that says how long an answer may be held. */
        HttpUrl asked() {
            return pace.hold()
                    .flatMap(wait -> wait.parameter()
                            .map(parameter -> url.newBuilder()
                                    .setQueryParameter(parameter, wait.told())
                                    .build()))
                    .orElse(url);
        }
    }

    /** A poller that nobody watches. */
    public EndpointPolling(Setup setup, Consumer<String> told) {
        this(setup, told, line -> {}, ItemListener.NONE);
    }

    /**
     * @param told receives messages for people, a line each
     * @param watched receives a line for each poll and new item, for a person who watches
     * @param listener is told what is seen at the moment when it is, by one thread at a time
     */
    public EndpointPolling(
            Setup setup, Consumer<String> told, Consumer<Supplier<String>> watched, ItemListener listener) {
        this.setup = setup;
        this.books = new PollBooks(listener);
        this.client = new MeteredHttpClient(
                Duration.ofSeconds(10),
                Duration.ofNanos(setup.pace().answerNanos()),
                1,
                Dns.SYSTEM,
                Transport.PLAIN,
                setup.mostBytes());
        Validators validators = new Validators();
        this.requests = new PageRequests(client, setup, validators, stop);
        this.changes = new ToldChanges(told);
        this.poller =
                new ListPoller(setup, requests, validators, books, new PollLines(watched), changes, serverClock, stop);
    }

    /**
     * Polls at least once, until an end is requested or a time is over; then breaks off an unfinished poll.
     *
     * @throws IOException when the very first answer cannot be read, because then the address is wrong
     */
    public void run(Interruption interruption, long mostNanos) throws IOException, InterruptedException {
        Thread thread = new RoleThreads("poll", RoleThreads.CONSUMER).newThread(() -> {
            try {
                pollUntilStopped(mostNanos);
            } finally {
                client.close();
                ended.countDown();
            }
        });
        clock = new EpochClock(NanoClock.SYSTEM);
        books.opened(clock);
        poller.opened(clock);
        thread.start();
        long breakOffNanos = Math.max(FIRST_POLL_NANOS, later(mostNanos, LAST_POLL_NANOS));
        while (!interruption.requested()
                && clock.sinceStartNanos() < breakOffNanos
                && !ended.await(LOOK_EVERY_NANOS, TimeUnit.NANOSECONDS)) {
            poller.look();
        }
        stop.request();
        for (int i = 0; i < FAREWELL_LOOKS && !ended.await(FAREWELL_LOOK_MILLIS, TimeUnit.MILLISECONDS); i++) {
            client.cancelAll(); // repeated: a request may have begun just after the last time
        }
        books.close();
        cpuMillis = cpu.millisByRole().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        String wrong = poller.cannotBePolled();
        if (!wrong.isEmpty() && !interruption.requested()) {
            throw new IOException(Secrets.masked(setup.url().toString()) + " cannot be polled: " + wrong);
        }
    }

    private void pollUntilStopped(long mostNanos) {
        try {
            long dueNanos = 0;
            do {
                ListPoller.Next next = poller.poll();
                if (!poller.cannotBePolled().isEmpty()) {
                    return;
                }
                long nowNanos = clock.sinceStartNanos();
                long paceNanos = next.ownNanos().isPresent()
                        ? later(nowNanos, next.ownNanos().getAsLong())
                        : later(dueNanos, setup.pace().intervalNanos());
                long ownNanos = Math.max(paceNanos, later(nowNanos, next.backoffNanos()));
                dueNanos = Math.max(ownNanos, later(nowNanos, next.toldWait().nanos()));
                if (dueNanos > ownNanos) {
                    changes.tell(
                            "wait",
                            next.toldWait().says(),
                            next.toldWait().told() + "; the next poll is in "
                                    + ToldWait.inSeconds(dueNanos - nowNanos));
                }
                stop.await(Math.min(dueNanos, mostNanos) - nowNanos);
                books.waitedAsTold(Math.min(clock.sinceStartNanos(), dueNanos) - Math.max(ownNanos, nowNanos));
            } while (!stop.requested() && dueNanos < mostNanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // interrupted only to end it
        }
    }

    /** A time since the start, never negative; a sum beyond 292 years is cut to that. */
    private static long later(long nanos, long byNanos) {
        long sum = nanos + byNanos;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** The origin of its times: when the first poll was made. Call this after that. */
    public EpochClock clock() {
        return clock;
    }

    /** When the first poll was made. */
    public Instant startedAt() {
        return clock.startedAt();
    }

    /** What was counted, by column; call this after it has run. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mode", "poll");
        figures.put("interval_s", setup.pace().intervalNanos() / 1e9);
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

    /** How far the server's clock is ahead of this host's, as far as its answers have told; at any time. */
    public Optional<ServerClock.Offset> serverClock() {
        return serverClock.offset();
    }

    /** Requests sent so far, and bytes at the socket; at any time. */
    public WireTotals wireTotals() {
        return client.totals(requests.sent());
    }

    /**
     * The interval at which half of the polls would find something, if items came at random moments at the observed
     * rate: ln 2 / rate. Shorter intervals waste more than half of their polls; 0 when nothing has come.
     */
    public double suitingIntervalSeconds() {
        double rate = books.ratePerSecond();
        return rate == 0 ? 0 : Math.log(2) / rate;
    }

    /** The items, one by one, up to ten thousand or so. */
    public EvidenceTable items() {
        return books.table();
    }

    /** The polls, one by one, up to as many. */
    public EvidenceTable polls() {
        return books.listedPolls();
    }

    /** Warnings for readers of the figures. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(poller.warnings());
        warnings.addAll(books.warnings());
        if (poller.foundNoList()) {
            warnings.add("--items '%s' matched no list in any response"
                    .formatted(setup.items().list()));
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
