package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Outages;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.host.RoleWorkers;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.RetryAfter;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Flow;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PollTimes;
import dev.pushpull.schedule.PollsWhileUp;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Exchanges;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Consumers that poll. One timer thread triggers every consumer's polls at their absolute times, and a few workers make
 * them over one connection pool. A consumer has at most one poll on its way. Polls that wait at the provider take a
 * thread each, as they would in a Java integration, and follow each other on it.
 */
public final class Poller implements LiveConsumers {
    private static final int NOT_MODIFIED = 304;

    /** A provider that asks for a longer pause is polled again after a day. */
    private static final long MOST_RETRY_AFTER_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Scenario scenario;
    private final PollManner manner;
    private final Recorder recorder;
    private final NanoClock clock;
    private final ProviderClient client;
    private final long epochOffsetNanos;
    private final List<Consumer> consumers = new ArrayList<>();
    private final ScheduledThreadPoolExecutor timer;
    private final RoleWorkers<Integer> workers;
    private final AtomicLong eventsRead = new AtomicLong();
    private long startNanos;
    private volatile boolean askingNoMore;

    /**
     * @param mode the mode of these consumers; their threads carry its name
     * @throws IOException when the provider cannot be reached
     */
    public Poller(String mode, URI provider, Scenario scenario, PollManner manner, Recorder recorder, NanoClock clock)
            throws IOException {
        this.scenario = scenario;
        this.manner = manner;
        this.recorder = recorder;
        this.clock = clock;
        // threads are made only when needed; a poll that finds none free goes out late, and its lateness is recorded
        int mostInFlight = manner.waits()
                ? Math.max(1, recorder.place().count(scenario.events().consumers()))
                : LiveDemand.MOST_POLLS_IN_FLIGHT;
        this.client = new ProviderClient(provider, clock, recorder, mostInFlight, manner.waitSeconds(), scenario);
        this.epochOffsetNanos = client.epochOffsetNanos();
        RoleThreads threads = new RoleThreads(mode, RoleThreads.CONSUMER);
        this.timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.workers = new RoleWorkers<>(threads, 1, mostInFlight);
        Seeds seeds = new Seeds(scenario.run().seed());
        for (int number :
                recorder.place().numbers(scenario.events().consumers()).toArray()) {
            PollTimes planned = manner.schedule().start(seeds.generator(Seeds.Purpose.POLL_PHASE, number));
            PollTimes times = PollsWhileUp.of(
                    planned, Outages.of(scenario, number), manner.schedule().onGrid());
            consumers.add(new Consumer(number, times));
        }
    }

    /** The way back takes half of a poll's round trip. */
    public static Scenario.Network legs(Recording rehearsal) {
        return new Scenario.Network(rehearsal.roundTrip(Exchanges.POLL).medianNanos() / 2, 0);
    }

    @Override
    public void start(long startNanos) {
        this.startNanos = startNanos;
        for (Consumer consumer : consumers) {
            long dueNanos = consumer.times.dueNanos();
            if (manner.waits() && dueNanos == 0) { // early, so that all wait when the measured time begins
                consumer.submit(startNanos);
            } else {
                consumer.schedule(startNanos + dueNanos);
            }
        }
    }

    @Override
    public void askNoMore() {
        askingNoMore = true;
        timer.shutdownNow();
    }

    @Override
    public void stop(long mostNanos) throws InterruptedException {
        askNoMore();
        if (!workers.stop(mostNanos)) {
            client.cancelAll();
            workers.stop(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Override
    public ConsumerBooks books() {
        Map<String, Long> setup = ConsumerBooks.setup(0, 0, 0, 0);
        Counter read = new Counter(
                Exchanges.EVENTS_IN_POLLS,
                Side.RECEIVED,
                "read",
                eventsRead.get(),
                Begins.CONSUMER,
                scenario.polling().pageLimit(),
                true);
        return new ConsumerBooks(
                client.totals(), WireTotals.NONE, List.of(read), Map.of(), setup, List.of(), List.of());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.close();
        client.close();
    }

    /** One consumer: its position in its stream and the time of its next poll. Used by one thread at a time. */
    private final class Consumer {
        private final int number;
        private final PollTimes times;
        private final HttpUrl resource;
        private String cursor;
        private String validator;

        Consumer(int number, PollTimes times) {
            this.number = number;
            this.times = times;
            this.resource = client.at("events")
                    .addQueryParameter(
                            "stream",
                            scenario.events().streamName(scenario.events().streamOf(number)))
                    .addQueryParameter(
                            "limit", Integer.toString(scenario.polling().pageLimit()))
                    .build();
        }

        void schedule(long dueNanos) {
            try {
                timer.schedule(() -> submit(dueNanos), dueNanos - clock.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // stopped meanwhile: there is no next poll
            }
        }

        void submit(long dueNanos) {
            workers.submit(number, () -> pollFrom(dueNanos));
        }

        /** Makes a poll, and those that must follow it at once; the timer starts the next one after them. */
        private void pollFrom(long firstDueNanos) {
            long dueNanos = firstDueNanos;
            do {
                poll(dueNanos);
                dueNanos = startNanos + times.dueNanos();
            } while (manner.waits() && dueNanos <= clock.nanoTime() && !askingNoMore);
            schedule(dueNanos);
        }

        private void poll(long dueNanos) {
            Fetched first = fetch(Exchanges.POLL, dueNanos);
            int newEvents = first.newEvents;
            for (Fetched last = first; last.hasMore; newEvents += last.newEvents) {
                last = fetch(Exchanges.PAGE, dueNanos);
            }
            long completedNanos = clock.nanoTime() - startNanos;
            recorder.skipped(times.skipped(completedNanos, recorder.endNanos() - startNanos));
            // polls that a provider over its quota asks us not to send are not skipped polls
            times.completed(Math.max(completedNanos, first.notBeforeNanos - startNanos), newEvents);
        }

        private Fetched fetch(Kind kind, long dueNanos) {
            Flow flow = recorder.begin(kind, number, dueNanos);
            Request request = request(kind);
            long sentNanos = clock.nanoTime();
            Exchange exchange = client.execute(request, number);
            int newEvents = 0;
            boolean hasMore = false;
            long notBeforeNanos = startNanos;
            if (exchange.successful()) {
                try {
                    EventPage page = EventJson.decodePage(exchange.body());
                    newEvents = take(page, clock.nanoTime());
                    // "more" behind a cursor that stands still would be fetched for ever
                    hasMore = page.hasMore() && !page.nextCursor().equals(cursor);
                    cursor = page.nextCursor();
                    // it vouches for the head of the stream, which this page does not reach when there is more
                    validator = hasMore ? null : exchange.headers().get("ETag");
                } catch (EventJson.MalformedEventException e) {
                    recorder.malformed();
                }
            } else if (exchange.status() != NOT_MODIFIED) {
                validator = null;
                notBeforeNanos = clock.nanoTime() + retryAfterNanos(exchange);
            }
            long doneNanos = clock.nanoTime();
            if (manner.waits() && newEvents == 0) { // may end before the measured time, or with it
                if (askingNoMore) {
                    flow.closesOnly();
                } else if (doneNanos < startNanos) {
                    flow.setsUp();
                }
            }
            flow.brought(newEvents).over(sentNanos, doneNanos, exchange);
            return new Fetched(newEvents, hasMore, notBeforeNanos);
        }

        private Request request(Kind kind) {
            Request.Builder request = new Request.Builder()
                    .url(
                            cursor == null
                                    ? resource
                                    : resource.newBuilder()
                                            .addQueryParameter("after", cursor)
                                            .build());
            if (manner.conditional() && validator != null) {
                request.header("If-None-Match", validator);
            }
            if (manner.waits() && kind.equals(Exchanges.POLL)) {
                request.header("Prefer", "wait=" + manner.waitSeconds());
            }
            return request.build();
        }

        private int take(EventPage page, long heldNanos) {
            int newEvents = 0;
            for (Event event : page.events()) {
                long intendedNanos = event.occurredAtEpochNanos() - epochOffsetNanos;
                if (recorder.delivered(number, event.sequence(), intendedNanos, heldNanos, manner.via())) {
                    newEvents++;
                    recorder.processed(number, event.sequence(), intendedNanos, clock.nanoTime());
                }
            }
            eventsRead.addAndGet(page.events().size());
            return newEvents;
        }
    }

    /** The wait that a refusal asks for; 0 when it asks for none. */
    private static long retryAfterNanos(Exchange exchange) {
        return RetryAfter.nanos(exchange.headers().get("Retry-After"), Instant.now(), MOST_RETRY_AFTER_NANOS)
                .orElse(0);
    }

    private record Fetched(int newEvents, boolean hasMore, long notBeforeNanos) {}
}
