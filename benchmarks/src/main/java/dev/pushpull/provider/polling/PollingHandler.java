package dev.pushpull.provider.polling;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import java.nio.ByteBuffer;
import java.util.List;
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
 * What part of a poll is the provider's own work, by what the poll brings? The query goes in and the bytes of the page
 * come out, without a socket, Undertow's parsing or its writing. Beside {@code PollRoundTrip}, this shows how much of a
 * round trip is our code. It is in the surface's package because only that package knows pages.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PollingHandler {
    private static final int HEAD = 1_000;
    private static final String STREAM = "c0";

    /** Events in the answer; {@code unchanged} polls with the ETag and is answered 304. */
    @Param({"unchanged", "0", "1", "10", "100"})
    private String events;

    private final EventLog log = new EventLog(10_000);
    private PollQuestion question;

    @Setup
    public void fill() {
        String data = "{\"filler\":\"" + "x".repeat(1_011) + "\"}";
        for (int i = 0; i < HEAD; i++) {
            log.append(new EventDraft("evt_" + i, STREAM, "payment.succeeded", 0, data));
        }
        boolean unchanged = events.equals("unchanged");
        int expected = unchanged ? 0 : Integer.parseInt(events);
        question = new PollQuestion(
                STREAM, Integer.toString(HEAD - expected), "100", unchanged ? List.of("\"" + HEAD + "\"") : List.of());
        PollQuestion.Found found = (PollQuestion.Found) question.answer(log);
        if (found.unchanged() != unchanged || found.slice().events().size() != expected) {
            throw new IllegalStateException(
                    "answered with %d events".formatted(found.slice().events().size()));
        }
    }

    @Benchmark
    public ByteBuffer poll() {
        PollQuestion.Found found = (PollQuestion.Found) question.answer(log);
        return found.unchanged()
                ? null
                : Page.of(found.slice(), found.hasMore()).whole();
    }
}
