package dev.pushpull.benchmarks;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import dev.pushpull.event.StoredEvent;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Do readers of the event log make its writer wait, or the writer its readers? A writer appends without a pause while
 * readers read the newest ten events of its stream; each also runs alone. Appending takes a lock and reading takes
 * none, so {@code append} and {@code readAfter} should differ from those alone only by the cost of shared caches and
 * cores.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventLogContention {
    private static final int RETENTION = 10_000;
    private static final int PAGE_EVENTS = 10;
    private static final String STREAM = "c0";

    private final EventDraft draft = new EventDraft("evt_1", STREAM, Scenarios.EVENT_TYPE, 0, "{}");
    private EventLog log;

    /** The position of a reader. */
    @State(Scope.Thread)
    public static class Reader {
        private long head = RETENTION;
    }

    @Setup
    public void fill() {
        log = new EventLog(RETENTION);
        for (int i = 0; i < RETENTION; i++) {
            log.append(draft);
        }
    }

    @Benchmark
    @Group("contended")
    @GroupThreads(1)
    public StoredEvent append() {
        return log.append(draft);
    }

    @Benchmark
    @Group("contended")
    @GroupThreads(2)
    public EventLog.Slice readAfter(Reader reader) {
        return newest(reader);
    }

    @Benchmark
    public StoredEvent appendAlone() {
        return log.append(draft);
    }

    @Benchmark
    public EventLog.Slice readAfterAlone(Reader reader) {
        return newest(reader);
    }

    private EventLog.Slice newest(Reader reader) {
        EventLog.Slice slice = log.read(STREAM, reader.head - PAGE_EVENTS, PAGE_EVENTS);
        reader.head = slice.head();
        return slice;
    }
}
