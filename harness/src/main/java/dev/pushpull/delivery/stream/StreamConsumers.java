package dev.pushpull.delivery.stream;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.Outages;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.StreamedAnswer;
import dev.pushpull.http.StreamedAnswer.Progress;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Flow;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Kind;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Consumers that hold a connection each, with a thread each, since OkHttp's readers wait for bytes on one. */
public final class StreamConsumers implements LiveConsumers {
    /** How a mode's connections look on the wire. */
    public interface Dialect {
        /** The kind of exchange that a connection is. */
        Kind kind();

        /**
         * The request for a connection.
         *
         * @param events where the provider has its events, with the stream
         * @param cursor the newest event that the consumer has, or 0
         */
        Request request(HttpUrl.Builder events, long cursor);

        /** A consumer waits up to so much longer than it was told, at random. */
        default long jitterNanos() {
            return 0;
        }

        /** Whether the consumer answers to what it reads. */
        boolean answers();

        /** Reads a connection. */
        StreamedAnswer reader(StreamTaker taker);
    }

    private static final String EVENTS_PATH = "events";

    private static final long LAST_CALL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Dialect dialect;
    private final Scenario scenario;
    private final Recorder recorder;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final ProviderClient client;
    private final long epochOffsetNanos;
    private final SilenceWatch silence;
    private final AtomicLong eventsRead = new AtomicLong();
    private final AtomicLong heartbeatsRead = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong heartbeatsAnswered = new AtomicLong();
    private final CountDownLatch noMore = new CountDownLatch(1);
    private final List<Consumer> consumers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private long startNanos;

    /**
     * @param mode the mode of these consumers; their threads carry its name
     * @throws IOException when the provider cannot be reached
     */
    public StreamConsumers(String mode, URI provider, Scenario scenario, Recorder recorder, Dialect dialect)
            throws IOException {
        this.dialect = dialect;
        this.scenario = scenario;
        this.recorder = recorder;
        int count = scenario.events().consumers();
        this.client = new ProviderClient(provider, clock, recorder, count, 0, scenario);
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
        List<Counter> counters = new ArrayList<>();
        counters.add(StreamCounters.written(StreamCounters.EVENTS, Side.RECEIVED, "read", eventsRead.get(), scenario));
        counters.add(StreamCounters.written(
                StreamCounters.HEARTBEATS, Side.RECEIVED, "read", heartbeatsRead.get(), scenario));
        if (dialect.answers()) {
            counters.add(
                    StreamCounters.of(StreamCounters.ACKNOWLEDGEMENTS, Side.SENT, "sent", acknowledged.get(), false));
            counters.add(StreamCounters.of(
                    StreamCounters.ANSWERED_HEARTBEATS, Side.SENT, "sent", heartbeatsAnswered.get(), false));
        }
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
        private final Returns returns;
        private volatile long cursor;
        private volatile long reconnectNanos = StreamOptions.RECONNECT.in(scenario);

        Consumer(int number) {
            this.number = number;
            this.returns = new Returns(Outages.of(scenario, number));
        }

        @Override
        public void run() {
            try {
                if (returns.first() > 0 && isOverBefore(returns.first())) {
                    return;
                }
                long openedNanos = sinceStart();
                stream(recorder.begin(dialect.kind(), number, Math.max(startNanos, clock.nanoTime())));
                while (!isOverBefore(returns.next(openedNanos, sinceStart(), reconnectNanos + longerNanos()))) {
                    openedNanos = sinceStart();
                    stream(recorder.begin(dialect.kind(), number, Math.max(startNanos, clock.nanoTime()))
                            .again());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private long sinceStart() {
            return Math.max(0, clock.nanoTime() - startNanos);
        }

        private boolean isOverBefore(long sinceStart) throws InterruptedException {
            return noMore.await(startNanos + sinceStart - clock.nanoTime(), TimeUnit.NANOSECONDS);
        }

        private long longerNanos() {
            return dialect.jitterNanos() == 0 ? 0 : ThreadLocalRandom.current().nextLong(dialect.jitterNanos());
        }

        private void stream(Flow flow) {
            String stream = scenario.events().streamName(scenario.events().streamOf(number));
            Request request = dialect.request(client.at(EVENTS_PATH).addQueryParameter("stream", stream), cursor);
            long sentNanos = clock.nanoTime();
            Exchange exchange = client.stream(request, number, (response, progress) -> {
                SilenceWatch.Watched watched = silence.watch(progress, startNanos);
                try {
                    dialect.reader(new Taker(this, flow, progress, watched)).read(response, progress);
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
    private final class Taker implements StreamTaker {
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

        @Override
        public void answered(boolean event) {
            (event ? acknowledged : heartbeatsAnswered).incrementAndGet();
            frame(event, clock.nanoTime());
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
