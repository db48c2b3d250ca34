package dev.pushpull.benchmarks;

import dev.pushpull.event.Event;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to write an event as JSON, and to read it back? {@link #draft} is the part done before the event is
 * due; {@link #decodePage} reads a whole page of a hundred events, so divide it by a hundred.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventToJson {
    private static final int PAGE_EVENTS = 100;

    /** Size of the event's {@code data}. */
    @Param({"100", "1024", "24576"})
    private int dataBytes;

    private Event event;
    private byte[] json;
    private byte[] page;

    @Setup
    public void write() throws IOException {
        String data = "{\"filler\":\"" + "x".repeat(dataBytes - "{\"filler\":\"\"}".length()) + "\"}";
        event = new Event("evt_0123456789abcdef", "c0", 17, Scenarios.EVENT_TYPE, 1_767_225_600_000_000_001L, data);
        json = encode();
        String one = new String(json, StandardCharsets.UTF_8);
        page = ("{\"data\":[" + (one + ",").repeat(PAGE_EVENTS - 1) + one
                        + "],\"next_cursor\":\"17\",\"has_more\":false}")
                .getBytes(StandardCharsets.UTF_8);
        if (!decode().equals(event) || decodePage().events().size() != PAGE_EVENTS) {
            throw new IllegalStateException("what was written reads back otherwise");
        }
    }

    @Benchmark
    public EventDraft draft() {
        return new EventDraft(event.id(), event.stream(), event.type(), event.occurredAtEpochNanos(), event.dataJson());
    }

    @Benchmark
    public byte[] encode() {
        return EventJson.encode(event);
    }

    @Benchmark
    public Event decode() throws IOException {
        return EventJson.decode(json);
    }

    @Benchmark
    public EventPage decodePage() throws IOException {
        return EventJson.decodePage(page);
    }
}
