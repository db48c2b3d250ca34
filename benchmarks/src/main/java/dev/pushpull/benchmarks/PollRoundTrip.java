package dev.pushpull.benchmarks;

import dev.pushpull.event.EventPage;
import dev.pushpull.scenario.StoreAddress;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a poll take, from the request to the parsed answer, by what it brings? Our OkHttp client polls our
 * provider over loopback, one poll after the other. The difference from {@code 0 events} is the cost of events.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
public class PollRoundTrip {
    private static final int HEAD = 1_000;

    /** Events in the answer; {@code unchanged} polls with the ETag and is answered 304. */
    @Param({"unchanged", "0", "1", "10", "100"})
    private String events;

    private EventSource source;
    private PollingClient client;
    private String cursor;
    private String validator;
    private int expected;

    @Setup
    public void open() throws IOException {
        source = new EventSource(Scenarios.live(1, StoreAddress.MEMORY));
        for (int i = 0; i < HEAD; i++) {
            source.occur(0);
        }
        boolean unchanged = events.equals("unchanged");
        expected = unchanged ? 0 : Integer.parseInt(events);
        cursor = Integer.toString(HEAD - expected);
        validator = unchanged ? "\"" + HEAD + "\"" : null;
        client = new PollingClient(source.address(), "c0", 100);
        if (poll().events().size() != expected) {
            throw new IllegalStateException("the provider answers with other events than it was asked for");
        }
    }

    @TearDown
    public void close() {
        client.close();
        source.close();
    }

    @Benchmark
    public EventPage poll() throws IOException {
        return client.poll(cursor, validator);
    }
}
