package dev.pushpull.delivery.linestream;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Flow;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Request;

/** Consumers that read an unending response, a thread each, and request another when it has ended. */
final class LineStreamConsumers implements LiveConsumers {
    private static final long LAST_CALL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Scenario scenario;
    private final Recorder recorder;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final ProviderClient client;
    private final long epochOffsetNanos;
    private final AtomicLong eventsRead = new AtomicLong();
    private final CountDownLatch noMore = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private long startNanos;

    /**
     * @param mode the mode of these consumers; their threads carry its name
     * @throws IOException when the provider cannot be reached
     */
    LineStreamConsumers(String mode, URI provider, Scenario scenario, Recorder recorder) throws IOException {
        this.scenario = scenario;
        this.recorder = recorder;
        this.client =
                new ProviderClient(provider, clock, recorder, scenario.events().consumers(), 0, scenario);
        this.epochOffsetNanos = client.epochOffsetNanos();
        RoleThreads consumers = new RoleThreads(mode, RoleThreads.CONSUMER);
        for (int number :
                recorder.place().numbers(scenario.events().consumers()).toArray()) {
            threads.add(consumers.newThread(new Reader(number)));
        }
    }

    @Override
    public void start(long startNanos) {
        this.startNanos = startNanos;
        threads.forEach(Thread::start); // early, so that all streams are open when it begins
    }

    @Override
    public void askNoMore() {
        noMore.countDown();
    }

    @Override
    public void stop(long mostNanos) throws InterruptedException {
        askNoMore();
        if (!ended(mostNanos)) {
            client.cancelAll();
            ended(LAST_CALL_NANOS);
        }
    }

    private boolean ended(long mostNanos) throws InterruptedException {
        long until = clock.nanoTime() + mostNanos;
        for (Thread thread : threads) {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, until - clock.nanoTime()));
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    @Override
    public ConsumerBooks books() {
        Counter read = new Counter(
                LineStreamWire.EVENTS,
                Side.RECEIVED,
                "read",
                eventsRead.get(),
                Begins.CONSUMER,
                LineStreamWire.MOST_UNDER_WAY,
                true);
        Map<String, Long> setup = ConsumerBooks.setup(0, 0, 0, 0);
        return new ConsumerBooks(
                client.totals(), WireTotals.NONE, List.of(read), Map.of(), setup, List.of(), List.of());
    }

    @Override
    public void close() {
        noMore.countDown();
        client.cancelAll();
        client.close();
    }

    /** One consumer. */
    private final class Reader implements Runnable {
        private final int number;
        private long cursor;

        Reader(int number) {
            this.number = number;
        }

        @Override
        public void run() {
            long pauseNanos = LineStreamMode.RECONNECT.in(scenario);
            try {
                do {
                    stream(Math.max(startNanos, clock.nanoTime()));
                } while (!noMore.await(pauseNanos, TimeUnit.NANOSECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void stream(long dueNanos) {
            Flow flow = recorder.begin(LineStreamWire.STREAM, number, dueNanos);
            Request request = new Request.Builder()
                    .url(client.at(LineStreamWire.PATH.substring(1))
                            .addQueryParameter(
                                    "stream",
                                    scenario.events()
                                            .streamName(scenario.events().streamOf(number)))
                            .addQueryParameter("after", Long.toString(cursor))
                            .build())
                    .build();
            long sentNanos = clock.nanoTime();
            Exchange exchange = client.stream(request, number, (line, sent, received) -> {
                long heldNanos = clock.nanoTime();
                take(line, heldNanos, flow);
                flow.bytes(sent, received, heldNanos);
            });
            long doneNanos = clock.nanoTime();
            if (doneNanos < startNanos) {
                flow.setsUp();
            }
            flow.over(sentNanos, doneNanos, exchange);
        }

        private void take(String line, long heldNanos, Flow flow) {
            try {
                Event event = EventJson.decode(line.getBytes(StandardCharsets.UTF_8));
                eventsRead.incrementAndGet();
                long intendedNanos = event.occurredAtEpochNanos() - epochOffsetNanos;
                cursor = Math.max(cursor, event.sequence());
                if (recorder.delivered(number, event.sequence(), intendedNanos, heldNanos, Recorder.Via.PUSH)) {
                    flow.brought(1);
                    recorder.processed(number, event.sequence(), intendedNanos, clock.nanoTime());
                }
            } catch (EventJson.MalformedEventException e) {
                recorder.malformed();
            }
        }
    }
}
