package dev.pushpull.delivery.thin;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.ConsumerBooks.GivenUp;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Outages;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.delivery.webhook.WebhookTaker;
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
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Exchanges;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Consumers that read their stream when a webhook tells them to, each with at most one read on its way. */
final class Readers implements LiveConsumers, WebhookTaker {
    /** A provider that asks for a longer pause is asked again after a day. */
    private static final long MOST_RETRY_AFTER_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Scenario scenario;
    private final Recorder recorder;
    private final NanoClock clock;
    private final ProviderClient client;
    private final long epochOffsetNanos;
    private final ScheduledThreadPoolExecutor timer;
    private final RoleWorkers<Integer> workers;
    private final Map<Integer, Reader> readers = new TreeMap<>();
    private final AtomicLong eventsRead = new AtomicLong();
    private volatile long startNanos;

    /**
     * @param mode the mode of these consumers; their threads carry its name
     * @throws IOException when the provider cannot be reached
     */
    Readers(String mode, URI provider, Scenario scenario, Recorder recorder, NanoClock clock) throws IOException {
        this.scenario = scenario;
        this.recorder = recorder;
        this.clock = clock;
        this.client = new ProviderClient(provider, clock, recorder, LiveDemand.MOST_POLLS_IN_FLIGHT, 0, scenario);
        this.epochOffsetNanos = client.epochOffsetNanos();
        RoleThreads threads = new RoleThreads(mode, RoleThreads.CONSUMER);
        this.timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.workers = new RoleWorkers<>(threads, 1, LiveDemand.MOST_POLLS_IN_FLIGHT);
        ThinSettings settings = ThinSettings.of(scenario);
        for (int number :
                recorder.place().numbers(scenario.events().consumers()).toArray()) {
            readers.put(number, new Reader(number, settings.plan()));
        }
    }

    /** A webhook brings no event, only a reason to read. */
    @Override
    public List<Event> take(int consumer, byte[] body, long receivedNanos) {
        OptionalLong told = Ping.cursor(body);
        if (told.isPresent()) {
            readers.get(consumer).pinged(told.getAsLong(), receivedNanos);
        } else {
            recorder.malformed();
        }
        return List.of();
    }

    @Override
    public Optional<Extent> extent(byte[] body) {
        OptionalLong told = Ping.cursor(body);
        return told.isPresent() ? Optional.of(new Extent(told.getAsLong(), 1)) : Optional.empty();
    }

    /** A webhook starts each read. */
    @Override
    public void start(long startNanos) {
        this.startNanos = startNanos;
    }

    @Override
    public void askNoMore() {
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
        Counter read = new Counter(
                Exchanges.EVENTS_IN_POLLS,
                Side.RECEIVED,
                "read",
                eventsRead.get(),
                Begins.CONSUMER,
                scenario.polling().pageLimit(),
                true);
        List<GivenUp> passedOver = new ArrayList<>();
        readers.values().forEach(reader -> reader.addPassedOver(passedOver));
        return new ConsumerBooks(
                client.totals(),
                WireTotals.NONE,
                List.of(read),
                Map.of(),
                ConsumerBooks.setup(0, 0, 0, 0),
                List.of(),
                List.of(),
                passedOver);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.close();
        client.close();
    }

    /** One consumer. Webhooks and reads tell its plan about themselves, each on its own thread. */
    private final class Reader {
        private final int number;
        private final HttpUrl resource;
        private final ReadPlan plan;
        private final DownTimes down;
        private final List<GivenUp> passedOver = new ArrayList<>();

        Reader(int number, ReadPlan plan) {
            this.number = number;
            this.plan = plan;
            this.down = Outages.of(scenario, number);
            this.resource = client.at("events")
                    .addQueryParameter(
                            "stream",
                            scenario.events().streamName(scenario.events().streamOf(number)))
                    .addQueryParameter(
                            "limit", Integer.toString(scenario.polling().pageLimit()))
                    .build();
        }

        void pinged(long told, long atNanos) {
            long dueNanos;
            synchronized (plan) {
                dueNanos = plan.pinged(told, atNanos);
            }
            schedule(dueNanos);
        }

        /** A read that is due during an outage is made after it. */
        private long whenUp(long nanos) {
            synchronized (plan) {
                long sinceStartNanos = Math.max(0, nanos - startNanos);
                return down.isDown(sinceStartNanos) ? startNanos + down.endNanos(sinceStartNanos) : nanos;
            }
        }

        private void schedule(long plannedNanos) {
            if (plannedNanos == ReadPlan.NEVER) {
                return;
            }
            long dueNanos = whenUp(plannedNanos);
            long waitNanos = dueNanos - clock.nanoTime();
            try {
                if (waitNanos > 0) {
                    timer.schedule(() -> submit(dueNanos), waitNanos, TimeUnit.NANOSECONDS);
                } else if (!timer.isShutdown()) {
                    submit(dueNanos);
                }
            } catch (RejectedExecutionException e) {
                // stopped meanwhile: there is no next read
            }
        }

        private void submit(long dueNanos) {
            workers.submit(number, () -> read(dueNanos));
        }

        /** One read, with all its pages. */
        private void read(long dueNanos) {
            long from;
            synchronized (plan) {
                plan.begun();
                from = plan.cursor();
            }
            Fetched last = fetch(Exchanges.POLL, dueNanos, from);
            while (last.hasMore) {
                last = fetch(Exchanges.PAGE, dueNanos, last.end);
            }
            long nextNanos;
            synchronized (plan) {
                long overNanos = clock.nanoTime();
                nextNanos = last.failed ? plan.failed(last.end, overNanos) : plan.answered(last.end, overNanos);
                if (!last.failed && last.end < plan.cursor()) {
                    passedOver.add(new GivenUp(number, last.end, plan.cursor(), MissReason.PASSED_OVER));
                }
            }
            schedule(nextNanos == ReadPlan.NEVER ? nextNanos : Math.max(nextNanos, last.notBeforeNanos));
        }

        private Fetched fetch(Kind kind, long dueNanos, long after) {
            Request request = new Request.Builder()
                    .url(resource.newBuilder()
                            .addQueryParameter("after", Long.toString(after))
                            .build())
                    .build();
            Flow flow = recorder.begin(kind, number, dueNanos);
            long sentNanos = clock.nanoTime();
            Exchange exchange = client.execute(request, number);
            Fetched fetched = exchange.successful()
                    ? take(exchange, after, flow)
                    : Fetched.failed(after, clock.nanoTime() + retryAfterNanos(exchange));
            flow.over(sentNanos, clock.nanoTime(), exchange);
            return fetched;
        }

        private Fetched take(Exchange exchange, long after, Flow flow) {
            try {
                EventPage page = EventJson.decodePage(exchange.body());
                long heldNanos = clock.nanoTime();
                for (Event event : page.events()) {
                    take(event, heldNanos, flow);
                }
                eventsRead.addAndGet(page.events().size());
                long end = Long.parseLong(page.nextCursor());
                // "more" behind a cursor that stands still would be read for ever
                return new Fetched(end, page.hasMore() && end > after, false, heldNanos);
            } catch (EventJson.MalformedEventException | NumberFormatException e) {
                recorder.malformed();
                return Fetched.failed(after, clock.nanoTime());
            }
        }

        private void take(Event event, long heldNanos, Flow flow) {
            long intendedNanos = event.occurredAtEpochNanos() - epochOffsetNanos;
            if (recorder.delivered(number, event.sequence(), intendedNanos, heldNanos, Recorder.Via.POLL)) {
                flow.brought(1);
                recorder.processed(number, event.sequence(), intendedNanos, clock.nanoTime());
            }
        }

        void addPassedOver(List<GivenUp> all) {
            synchronized (plan) {
                all.addAll(passedOver);
            }
        }
    }

    /** The wait that a refusal asks for; 0 when it asks for none. */
    private static long retryAfterNanos(Exchange exchange) {
        return RetryAfter.nanos(exchange.headers().get("Retry-After"), Instant.now(), MOST_RETRY_AFTER_NANOS)
                .orElse(0);
    }

    /**
     * What a request brought.
     *
     * @param end the cursor after it
     * @param notBeforeNanos when the next request may come
     */
    private record Fetched(long end, boolean hasMore, boolean failed, long notBeforeNanos) {
        static Fetched failed(long end, long notBeforeNanos) {
            return new Fetched(end, false, true, notBeforeNanos);
        }
    }
}
