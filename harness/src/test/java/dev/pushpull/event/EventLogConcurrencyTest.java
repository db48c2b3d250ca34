package dev.pushpull.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.event.EventLog.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One writer and several readers at once, on real threads. */
@Timeout(60)
@Tag("live")
class EventLogConcurrencyTest {
    private static final int EVENTS = 60_000;
    private static final int READERS = 3;
    private static final int ROUNDS = 20;

    private interface Reader {
        /** Reads once from the cursor and returns the next. */
        long read(long cursor, int limit);
    }

    /**
     * All start each round together: otherwise the writer might be done before a reader wakes. A thread that fails
     * leaves, so that the others do not wait for it and its failure is reported.
     */
    private static void race(EventLog log, String stream, Reader reader) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
        try {
            Phaser rounds = new Phaser(READERS + 1);
            List<Future<?>> all = new ArrayList<>();
            all.add(threads.submit(() -> {
                for (int i = 0; i < EVENTS; i++) {
                    if (i % (EVENTS / ROUNDS) == 0) {
                        rounds.arriveAndAwaitAdvance();
                    }
                    log.append(new EventDraft("e", "s", "t", i, "{}"));
                }
            }));
            for (int number = 0; number < READERS; number++) {
                int limit = new int[] {1, 10, 1_000}[number];
                all.add(threads.submit(() -> {
                    try {
                        long cursor = 0;
                        for (int i = 1; i <= ROUNDS; i++) {
                            rounds.arriveAndAwaitAdvance();
                            while (cursor < (long) i * EVENTS / ROUNDS) {
                                cursor = reader.read(cursor, limit);
                            }
                        }
                    } finally {
                        rounds.arriveAndDeregister();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "all"})
    void readersLoseAndRepeatNothingWhenAllIsKept(String which) throws Exception {
        String stream = which.equals("all") ? null : which;
        EventLog log = new EventLog(EVENTS);
        race(log, stream, (cursor, limit) -> {
            Slice slice = log.read(stream, cursor, limit);
            long expected = cursor;
            for (StoredEvent stored : slice.events()) {
                expected++;
                if (stored.event().sequence() != expected || stored.event().occurredAtEpochNanos() != expected - 1) {
                    throw new AssertionError("expected event " + expected + ", got " + stored);
                }
            }
            if (slice.end() != expected
                    || slice.head() < expected
                    || slice.events().size() > limit) {
                throw new AssertionError("after " + cursor + ": " + slice.end() + " of " + slice.head());
            }
            return slice.end();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void readersOfAShortMemorySkipOnlyWhatWasDroppedAndRepeatNothing(int retention) throws Exception {
        EventLog log = new EventLog(retention);
        race(log, "s", (cursor, limit) -> {
            Slice slice = log.read("s", cursor, limit);
            long headAfterwards = log.read("s", 0, 0).head();
            long before = cursor;
            for (StoredEvent stored : slice.events()) {
                before = stepped(before, stored.event().sequence(), headAfterwards, retention);
            }
            if (slice.end() > before) { // the end of the slice was dropped while it was being read
                stepped(before, slice.end() + 1, headAfterwards, retention);
            }
            if (slice.end() < before) {
                throw new AssertionError("the slice ends at " + slice.end() + " before its event " + before);
            }
            return slice.end();
        });
    }

    /** Only forward; anything in between was dropped, which begins when the event that replaces it is written. */
    private static long stepped(long before, long sequence, long headAfterwards, int retention) {
        boolean droppedBetween = sequence - 1 <= headAfterwards + 1 - retention;
        if (sequence <= before || sequence > before + 1 && !droppedBetween) {
            throw new AssertionError("after " + before + " came " + sequence + " at head " + headAfterwards);
        }
        return sequence;
    }

    @Test
    void writersOfSeveralStreamsNeverShareASequenceOrAPosition() throws Exception {
        int writerCount = 4;
        int eventsEach = 10_000;
        EventLog log = new EventLog(writerCount * eventsEach);
        ExecutorService threads = Executors.newFixedThreadPool(writerCount);
        try {
            Phaser rounds = new Phaser(writerCount);
            List<Future<?>> writers = new ArrayList<>();
            for (int number = 0; number < writerCount; number++) {
                String stream = "s" + number % 2;
                writers.add(threads.submit(() -> {
                    try {
                        for (int i = 0; i < eventsEach; i++) {
                            if (i % 100 == 0) {
                                rounds.arriveAndAwaitAdvance(); // all write at the same moment, again and again
                            }
                            log.append(new EventDraft("e", stream, "t", i, "{}"));
                        }
                    } finally {
                        rounds.arriveAndDeregister();
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        long position = 0;
        for (StoredEvent stored : log.read(null, 0, writerCount * eventsEach).events()) {
            assertThat(stored.position()).isEqualTo(++position);
        }
        assertThat(position).isEqualTo((long) writerCount * eventsEach);
        for (String stream : List.of("s0", "s1")) {
            long sequence = 0;
            for (StoredEvent stored :
                    log.read(stream, 0, writerCount * eventsEach).events()) {
                assertThat(stored.event().sequence()).isEqualTo(++sequence);
            }
            assertThat(sequence).isEqualTo((long) writerCount * eventsEach / 2);
        }
    }
}
