package dev.pushpull.delivery.sse;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.delivery.stream.SilenceWatch;
import dev.pushpull.delivery.stream.StreamOptions;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.StreamedAnswer.Progress;
import dev.pushpull.http.Transport;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Flow;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Request;

/** Consumers that read an event stream each, with a thread each, since OkHttp's reader waits for bytes on one. */
final class SseConsumers implements LiveConsumers {
    private static final long LAST_CALL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Scenario scenario;
    private final Recorder recorder;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final ProviderClient client;
    private final long epochOffsetNanos;
    private final SilenceWatch silence;
    private final AtomicLong eventsRead = new AtomicLong();
    private final AtomicLong heartbeatsRead = new AtomicLong();
    private final CountDownLatch noMore = new CountDownLatch(1);
    private final List<Consumer> consumers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private long startNanos;

    /**
     * @param mode the mode of these consumers; their threads carry its name
     * @throws IOException when the provider cannot be reached
     */
    SseConsumers(String mode, URI provider, Scenario scenario, Recorder recorder) throws IOException {
        this.scenario = scenario;
        this.recorder = recorder;
        int count = scenario.events().consumers();
        this.client = new ProviderClient(provider, clock, recorder, count, 0, Transport.over(scenario.wire()));
        this.epochOffsetNanos = client.epochOffsetNanos();
        RoleThreads roles = new RoleThreads(mode, RoleThreads.CONSUMER);
        this.silence = new SilenceWatch(StreamOptions.READ_TIMEOUT.in(scenario), clock, roles);
        for (int number = 0; number < count; number++) {
            Consumer consumer = new Consumer(number);
            consumers.add(consumer);
            threads.add(roles.newThread(consumer));
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
        List<Counter> counters = List.of(
                SseSurface.counter(SseWire.EVENTS, Side.RECEIVED, "read", eventsRead.get(), true),
                SseSurface.counter(SseWire.HEARTBEATS, Side.RECEIVED, "read", heartbeatsRead.get(), false));
        Map<Integer, Long> passed = new HashMap<>();
        consumers.forEach(consumer -> passed.put(consumer.number, consumer.cursor));
        return new ConsumerBooks(
                client.totals(),
                WireTotals.NONE,
                counters,
                Map.of(),
                ConsumerBooks.setup(0, 0, 0, 0),
                List.of(),
                List.of(),
                passed,
                Map.of());
    }

    @Override
    public void close() {
        noMore.countDown();
        client.cancelAll();
        client.close();
        silence.close();
    }

    /** One consumer: a stream, and after it the next. */
    private final class Consumer implements Runnable {
        private final int number;
        private volatile long cursor;
        private volatile long reconnectNanos = StreamOptions.RECONNECT.in(scenario);

        Consumer(int number) {
            this.number = number;
        }

        @Override
        public void run() {
            try {
                stream(recorder.begin(SseWire.STREAM, number, Math.max(startNanos, clock.nanoTime())));
                while (!noMore.await(reconnectNanos, TimeUnit.NANOSECONDS)) {
                    stream(recorder.begin(SseWire.STREAM, number, Math.max(startNanos, clock.nanoTime()))
                            .again());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void stream(Flow flow) {
            String stream = scenario.events().streamName(scenario.events().streamOf(number));
            Request request = new Request.Builder()
                    .url(client.at(SseWire.PATH.substring(1))
                            .addQueryParameter("stream", stream)
                            .build())
                    .header("Accept", SseWire.TYPE)
                    .header(SseWire.LAST_EVENT_ID, Long.toString(cursor))
                    .build();
            long sentNanos = clock.nanoTime();
            Exchange exchange = client.stream(request, number, (response, progress) -> {
                SilenceWatch.Watched watched = silence.watch(progress, startNanos);
                try {
                    new SseReader(new Taker(this, flow, progress, watched)).read(response, progress);
                } finally {
                    watched.over();
                }
            });
            long doneNanos = clock.nanoTime();
            if (doneNanos < startNanos) {
                flow.setsUp();
            }
            flow.over(sentNanos, doneNanos, exchange);
        }
    }

    /** What one stream brings. */
    private final class Taker implements SseReader.Taker {
        private final Consumer consumer;
        private final Flow flow;
        private final Progress progress;
        private final SilenceWatch.Watched watched;

        Taker(Consumer consumer, Flow flow, Progress progress, SilenceWatch.Watched watched) {
            this.consumer = consumer;
            this.flow = flow;
            this.progress = progress;
            this.watched = watched;
        }

        @Override
        public void opened() {
            flow.opened(clock.nanoTime());
        }

        @Override
        public void heard() {
            watched.heard();
        }

        @Override
        public void told(long reconnectMillis, long after) {
            consumer.reconnectNanos = TimeUnit.MILLISECONDS.toNanos(reconnectMillis);
            consumer.cursor = Math.max(consumer.cursor, after);
            frame(false, clock.nanoTime());
        }

        @Override
        public void heartbeat() {
            heartbeatsRead.incrementAndGet();
            frame(false, clock.nanoTime());
        }

        private void frame(boolean brings, long atNanos) {
            flow.frame(brings, progress.bytesSent(), progress.bytesReceived(), Math.max(startNanos, atNanos));
        }

        @Override
        public void event(String data, long inThisStream) {
            long heldNanos = clock.nanoTime();
            progress.hasRead(inThisStream);
            try {
                Event event = EventJson.decode(data.getBytes(StandardCharsets.UTF_8));
                eventsRead.incrementAndGet();
                long intendedNanos = event.occurredAtEpochNanos() - epochOffsetNanos;
                consumer.cursor = Math.max(consumer.cursor, event.sequence());
                if (recorder.delivered(
                        consumer.number, event.sequence(), intendedNanos, heldNanos, Recorder.Via.PUSH)) {
                    flow.brought(1);
                    recorder.processed(consumer.number, event.sequence(), intendedNanos, clock.nanoTime());
                }
            } catch (EventJson.MalformedEventException e) {
                recorder.malformed();
            }
            frame(true, heldNanos);
        }
    }
}
