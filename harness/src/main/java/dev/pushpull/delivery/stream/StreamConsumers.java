package dev.pushpull.delivery.stream;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.ConsumerBooks.GivenUp;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.Outages;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.Place;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.StreamedAnswer;
import dev.pushpull.http.StreamedAnswer.Progress;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Flow;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Consumers that hold a connection each, with a thread each, since OkHttp's readers wait for bytes on one. Many of them
 * have virtual threads where Java has such.
 */
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
    private final ReadCounts counts = new ReadCounts();
    private final CountDownLatch noMore = new CountDownLatch(1);
    private final List<Consumer> consumers = new ArrayList<>();
    private final StreamThreads threads;
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
        Place place = recorder.place();
        int count = place.count(scenario.events().consumers());
        this.client = new ProviderClient(provider, clock, recorder, count, 0, scenario);
        this.epochOffsetNanos = client.epochOffsetNanos();
        RoleThreads roles = new RoleThreads(mode, RoleThreads.CONSUMER);
        this.threads = new StreamThreads(roles, StreamOptions.lightThreads(scenario), clock);
        this.silence = new SilenceWatch(StreamOptions.READ_TIMEOUT.in(scenario), clock, roles);
        for (int number : place.numbers(scenario.events().consumers()).toArray()) {
            consumers.add(new Consumer(number));
        }
    }

    @Override
    public void start(long startNanos) {
        this.startNanos = startNanos;
        consumers.forEach(
                consumer -> threads.start(() -> consumer.connect(false))); // early, so that all are open by then
    }

    @Override
    public void askNoMore() {
        noMore.countDown();
    }

    @Override
    public void stop(long mostNanos) throws InterruptedException {
        askNoMore();
        if (!threads.ended(mostNanos)) {
            client.cancelAll();
            threads.ended(LAST_CALL_NANOS);
        }
    }

    @Override
    public ConsumerBooks books() {
        return new ConsumerBooks(
                client.totals(),
                WireTotals.NONE,
                counts.counters(dialect.answers(), scenario),
                Map.of(),
                ConsumerBooks.setup(0, 0, 0, 0),
                StreamOptions.cpuWarnings(scenario),
                List.of(),
                consumers.stream()
                        .map(consumer -> new GivenUp(consumer.number, 0, consumer.cursor.get(), MissReason.LOST_IN_GAP))
                        .toList());
    }

    @Override
    public void close() {
        noMore.countDown();
        client.cancelAll();
        client.close();
        silence.close();
    }

    /** One consumer: a stream, and after it the next, or the next one already before its announced end. */
    private final class Consumer {
        private final int number;
        private final Returns returns;
        private final AtomicLong cursor = new AtomicLong();
        private volatile long reconnectNanos = StreamOptions.RECONNECT.in(scenario);

        Consumer(int number) {
            this.number = number;
            this.returns = new Returns(Outages.of(scenario, number));
        }

        /** @param again whether it had a connection before */
        void connect(boolean again) {
            try {
                if (!again && returns.first() > 0 && isOverBefore(returns.first())) {
                    return;
                }
                boolean over = false;
                for (boolean next = again; !over; next = true) {
                    long openedNanos = sinceStart();
                    over = !stream(next)
                            || isOverBefore(returns.next(openedNanos, sinceStart(), reconnectNanos + longerNanos()));
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

        /** Another thread opens the next connection, unless this one has ended by then, as by an outage. */
        private void endsIn(long nanos, AtomicBoolean followed) {
            silence.after(Math.max(0, nanos - reconnectNanos), () -> {
                boolean opens = noMore.getCount() > 0 && !returns.isDown(sinceStart());
                if (opens && followed.compareAndSet(false, true)) {
                    threads.startAnother(() -> connect(true));
                }
            });
        }

        private long longerNanos() {
            return dialect.jitterNanos() == 0 ? 0 : ThreadLocalRandom.current().nextLong(dialect.jitterNanos());
        }

        /** Returns whether the next one is still to be opened. */
        private boolean stream(boolean again) {
            Flow flow = recorder.begin(dialect.kind(), number, Math.max(startNanos, clock.nanoTime()));
            if (again) {
                flow.again();
            }
            AtomicBoolean followed = new AtomicBoolean();
            String stream = scenario.events().streamName(scenario.events().streamOf(number));
            Request request = dialect.request(client.at(EVENTS_PATH).addQueryParameter("stream", stream), cursor.get());
            long sentNanos = clock.nanoTime();
            Exchange exchange = client.stream(request, number, (response, progress) -> {
                SilenceWatch.Watched watched = silence.watch(progress, startNanos);
                try {
                    dialect.reader(new Taker(this, flow, progress, watched, followed))
                            .read(response, progress);
                } finally {
                    watched.over();
                }
            });
            long doneNanos = clock.nanoTime();
            if (doneNanos < startNanos) {
                flow.setsUp();
            }
            flow.over(sentNanos, doneNanos, exchange);
            return followed.compareAndSet(false, true);
        }
    }

    /** What one stream brings. */
    private final class Taker implements StreamTaker {
        private final Consumer consumer;
        private final Flow flow;
        private final Progress progress;
        private final SilenceWatch.Watched watched;
        private final AtomicBoolean followed;

        Taker(Consumer consumer, Flow flow, Progress progress, SilenceWatch.Watched watched, AtomicBoolean followed) {
            this.consumer = consumer;
            this.flow = flow;
            this.progress = progress;
            this.watched = watched;
            this.followed = followed;
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
        public void told(long reconnectMillis, long after, long endsInMillis) {
            consumer.reconnectNanos = TimeUnit.MILLISECONDS.toNanos(reconnectMillis);
            consumer.cursor.accumulateAndGet(after, Math::max);
            if (endsInMillis >= 0) {
                consumer.endsIn(TimeUnit.MILLISECONDS.toNanos(endsInMillis), followed);
            }
            frame(false, clock.nanoTime());
        }

        @Override
        public void heartbeat() {
            counts.heartbeat();
            frame(false, clock.nanoTime());
        }

        @Override
        public void answered(boolean event) {
            counts.answered(event);
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
                counts.event();
                long intendedNanos = event.occurredAtEpochNanos() - epochOffsetNanos;
                consumer.cursor.accumulateAndGet(event.sequence(), Math::max);
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
