package dev.pushpull.benchmarks;

import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recorder.Via;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.surface.Exchanges;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How much of a poll's round trip is our own recording? {@link #recordEmptyPoll} and {@link #recordPollOfOneEvent},
 * with and without a journal, divided by {@link #emptyPoll}, are the recorder's share. {@link #emptyPoll} divided by
 * {@link #emptyPollOverPlainSockets}, the same OkHttp without our counting sockets, shows the meter's.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
public class RecordingOverhead {
    private static final int RECORDED = 10_000;
    private static final int CONSUMERS = 20;
    private static final long RUN_NANOS = 60 * Scenarios.SECOND_NANOS;
    private static final long POLL_EVERY_NANOS = RUN_NANOS / RECORDED;
    private static final Exchange ANSWERED =
            new Exchange(Ending.ANSWERED, 200, Headers.EMPTY, new byte[0], 170, 230, "");

    /** The recorder of a run of one minute, made anew for every ten thousand polls. */
    @State(Scope.Thread)
    public static class Run {
        /** Whether the run keeps a journal of all consumers. */
        @Param({"false", "true"})
        private boolean journal;

        private Recorder recorder;

        @Setup(Level.Invocation)
        public void begin() {
            recorder = new Recorder(CONSUMERS, journal ? CONSUMERS : 0, consumer -> "c0");
            recorder.start(0, RUN_NANOS);
        }
    }

    /** A provider with one stream that has nothing new. */
    @State(Scope.Benchmark)
    public static class Idle {
        private EventSource source;
        private PollingClient client;
        private OkHttpClient plain;

        @Setup
        public void open() {
            source = new EventSource(Scenarios.live(1, StoreAddress.MEMORY));
            client = new PollingClient(source.address(), "c0", 100);
            plain = new OkHttpClient.Builder()
                    .protocols(List.of(Protocol.HTTP_1_1))
                    .build();
        }

        @TearDown
        public void close() {
            client.close();
            plain.connectionPool().evictAll();
            plain.dispatcher().executorService().shutdown();
            source.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDED)
    public Recorder recordEmptyPoll(Run run) {
        for (int i = 0; i < RECORDED; i++) {
            long due = i * POLL_EVERY_NANOS;
            run.recorder
                    .begin(Exchanges.POLL, i % CONSUMERS, due)
                    .brought(0)
                    .over(due + 50_000, due + 150_000, ANSWERED);
        }
        return run.recorder;
    }

    /** Also records everything about one event: that it occurred, was delivered and was processed. */
    @Benchmark
    @OperationsPerInvocation(RECORDED)
    public Recorder recordPollOfOneEvent(Run run) {
        for (int i = 0; i < RECORDED; i++) {
            int consumer = i % CONSUMERS;
            long sequence = 1 + i / CONSUMERS;
            long due = i * POLL_EVERY_NANOS;
            run.recorder.occurred(due, "c0", sequence, "evt_1", due + 1_000, run.journal);
            run.recorder.delivered(consumer, sequence, due, due + 140_000, Via.POLL);
            run.recorder.processed(consumer, sequence, due, due + 145_000);
            run.recorder.begin(Exchanges.POLL, consumer, due).brought(1).over(due + 50_000, due + 150_000, ANSWERED);
        }
        return run.recorder;
    }

    @Benchmark
    public EventPage emptyPoll(Idle idle) throws IOException {
        return idle.client.poll("0", null);
    }

    @Benchmark
    public EventPage emptyPollOverPlainSockets(Idle idle) throws IOException {
        Request request = idle.client.request("0");
        try (Response response = idle.plain.newCall(request).execute()) {
            return EventJson.decodePage(response.body().bytes());
        }
    }
}
