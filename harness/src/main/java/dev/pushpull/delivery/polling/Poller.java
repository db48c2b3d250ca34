package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.measure.MeteredHttpClient.Exchange;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recorder.Purpose;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.measure.RoleWorkers;
import dev.pushpull.measure.WireTotals;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PollSchedule;
import dev.pushpull.schedule.PollTimes;
import dev.pushpull.schedule.Seeds;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Consumers that poll: one timer thread fires every consumer's polls at their absolute times, a few workers carry them
 * out over one connection pool. A consumer has one poll out at a time.
 */
final class Poller implements LiveConsumers {
    /** Threads are made only when needed; a poll that finds none free goes out late, and its lateness is recorded. */
    private static final int MOST_POLLS_IN_FLIGHT = 256;

    private final Scenario scenario;
    private final Recorder recorder;
    private final NanoClock clock;
    private final ProviderClient client;
    private final long epochOffsetNanos;
    private final Consumer[] consumers;
    private final ScheduledThreadPoolExecutor timer;
    private final RoleWorkers<Integer> workers;
    private final AtomicLong eventsRead = new AtomicLong();
    private long startNanos;

    /** @throws IOException when the provider cannot be reached */
    Poller(String mode, URI provider, Scenario scenario, PollSchedule schedule, Recorder recorder, NanoClock clock)
            throws IOException {
        this.scenario = scenario;
        this.recorder = recorder;
        this.clock = clock;
        this.client = new ProviderClient(provider, clock, recorder, MOST_POLLS_IN_FLIGHT);
        this.epochOffsetNanos = client.epochOffsetNanos();
        RoleThreads threads = new RoleThreads(mode, RoleThreads.CONSUMER);
        this.timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.workers = new RoleWorkers<>(threads, 1, MOST_POLLS_IN_FLIGHT);
        Seeds seeds = new Seeds(scenario.run().seed());
        this.consumers = new Consumer[scenario.events().consumers()];
        for (int number = 0; number < consumers.length; number++) {
            consumers[number] = new Consumer(number, schedule.start(seeds.generator(Seeds.Purpose.POLL_PHASE, number)));
        }
    }

    @Override
    public void start(long startNanos) {
        this.startNanos = startNanos;
        for (Consumer consumer : consumers) {
            consumer.scheduleNext();
        }
    }

    @Override
    public void stop(long mostNanos) throws InterruptedException {
        timer.shutdownNow();
        if (!workers.stop(mostNanos)) {
            client.cancelAll();
            workers.stop(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Override
    public ConsumerBooks books() {
        Map<String, Long> setup = Map.of(
                "listening sockets at the consumer", 0L,
                "inbound connections at the consumer", 0L,
                "secrets", 0L,
                "set-up requests", 0L);
        return new ConsumerBooks(client.totals(), WireTotals.NONE, eventsRead.get(), 0, Map.of(), Map.of(), setup);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.close();
        client.close();
    }

    /** One consumer: where it stands in its stream and when it polls next. Touched by one thread at a time. */
    private final class Consumer {
        private final int number;
        private final PollTimes times;
        private final HttpUrl resource;
        private String cursor;

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

        void scheduleNext() {
            long dueNanos = startNanos + times.dueNanos();
            try {
                timer.schedule(
                        () -> workers.submit(number, () -> poll(dueNanos)),
                        dueNanos - clock.nanoTime(),
                        TimeUnit.NANOSECONDS);
            } catch (java.util.concurrent.RejectedExecutionException e) {
                // stopped meanwhile: there is no next poll
            }
        }

        private void poll(long dueNanos) {
            Fetched first = fetch(Purpose.POLL, dueNanos);
            int newEvents = first.newEvents;
            for (Fetched last = first; last.hasMore; newEvents += last.newEvents) {
                last = fetch(Purpose.PAGE, dueNanos);
            }
            long completedNanos = clock.nanoTime() - startNanos;
            recorder.skipped(times.skipped(completedNanos, recorder.endNanos() - startNanos));
            times.completed(completedNanos, newEvents);
            scheduleNext();
        }

        private Fetched fetch(Purpose purpose, long dueNanos) {
            HttpUrl url = cursor == null
                    ? resource
                    : resource.newBuilder().addQueryParameter("after", cursor).build();
            long sentNanos = clock.nanoTime();
            Exchange exchange = client.execute(new Request.Builder().url(url).build());
            int newEvents = 0;
            boolean hasMore = false;
            if (exchange.successful()) {
                try {
                    EventPage page = EventJson.decodePage(exchange.body());
                    newEvents = take(page, clock.nanoTime());
                    // more behind a cursor that stands still would be asked for for ever
                    hasMore = page.hasMore() && !page.nextCursor().equals(cursor);
                    cursor = page.nextCursor();
                } catch (EventJson.MalformedEventException e) {
                    recorder.malformed();
                }
            }
            recorder.request(purpose, number, dueNanos, sentNanos, clock.nanoTime(), newEvents, exchange, true);
            return new Fetched(newEvents, hasMore);
        }

        private int take(EventPage page, long heldNanos) {
            int newEvents = 0;
            for (Event event : page.events()) {
                long intendedNanos = event.occurredAtEpochNanos() - epochOffsetNanos;
                boolean isNew =
                        recorder.delivered(number, event.sequence(), intendedNanos, heldNanos, Recorder.Via.POLL);
                newEvents += isNew ? 1 : 0;
                recorder.processed(intendedNanos, clock.nanoTime());
            }
            eventsRead.addAndGet(page.events().size());
            return newEvents;
        }
    }

    private record Fetched(int newEvents, boolean hasMore) {}
}
