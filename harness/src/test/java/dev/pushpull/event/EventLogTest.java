package dev.pushpull.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.pushpull.event.EventLog.Slice;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {
    private static EventDraft draft(String stream, int number) {
        return new EventDraft("evt_" + number, stream, "type", number, "{}");
    }

    private static EventLog logOf(int retention, String stream, int events) {
        EventLog log = new EventLog(retention);
        for (int i = 1; i <= events; i++) {
            log.append(draft(stream, i));
        }
        return log;
    }

    private static List<Long> sequences(Slice slice) {
        return slice.events().stream().map(stored -> stored.event().sequence()).toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void eachStreamCountsForItselfAndAllTogetherByPosition() {
        EventLog log = new EventLog(100);
        log.append(draft("a", 1));
        log.append(draft("b", 2));
        StoredEvent third = log.append(draft("a", 3));

        assertThat(third.event()).isEqualTo(new Event("evt_3", "a", 2, "type", 3, "{}"));
        assertThat(third.position()).isEqualTo(3);
        assertThat(third.json()).isEqualTo(EventJson.encode(third.event()));
        assertThat(sequences(log.read("a", 0, 10))).containsExactly(1L, 2L);
        assertThat(sequences(log.read("b", 0, 10))).containsExactly(1L);
        assertThat(log.read(null, 1, 10).events())
                .extracting(StoredEvent::position)
                .containsExactly(2L, 3L);
        assertThat(log.read(null, 1, 10).end()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 17, 100, 1_000})
    void pageByPageEveryKeptEventComesOnceAndInOrder(int retention) {
        int events = 250;
        EventLog log = logOf(retention, "s", events);
        for (int limit : new int[] {1, 7, 100, 1_000}) {
            long cursor = 0;
            long expected = Math.max(0, events - retention) + 1;
            while (cursor < events) {
                Slice slice = log.read("s", cursor, limit);
                assertThat(slice.events()).hasSizeBetween(1, limit);
                assertThat(sequences(slice)).isEqualTo(range(expected, slice.end()));
                assertThat(slice.head()).isEqualTo(events);
                expected = slice.end() + 1;
                cursor = slice.end();
            }
            assertThat(expected).isEqualTo(events + 1);
        }
    }

    @Test
    void everyEventOfAGrowingLogIsThereAtEverySize() {
        EventLog log = new EventLog(70);
        for (int i = 1; i <= 300; i++) {
            log.append(draft("s", i));
            assertThat(sequences(log.read("s", 0, 1_000))).isEqualTo(range(Math.max(1, i - 69), i));
        }
    }

    @Test
    void aReaderThatIsUpToDateGetsNothingAndStaysWhereItIs() {
        EventLog log = logOf(10, "s", 5);
        assertThat(log.read("s", 5, 10)).isEqualTo(new Slice(List.of(), 5, 5));
    }

    @Test
    void anUnknownStreamIsEmptyAndDoesNotMoveTheCursor() {
        assertThat(logOf(10, "s", 5).read("other", 3, 10)).isEqualTo(new Slice(List.of(), 0, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 1_000, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void aCursorBeyondTheEndGetsNothingAndStaysWhereItIs(long after) {
        assertThat(logOf(10, "s", 5).read("s", after, 10)).isEqualTo(new Slice(List.of(), 5, after));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -5, Long.MIN_VALUE})
    void aCursorBeforeTheStartBeginsAtTheOldest(long after) {
        assertThat(sequences(logOf(10, "s", 5).read("s", after, 10))).isEqualTo(range(1, 5));
        assertThat(sequences(logOf(10, "s", 15).read("s", after, 3))).isEqualTo(range(6, 8));
    }

    @Test
    void aPageOfNothingIsEmptyAndDoesNotMoveTheCursor() {
        assertThat(logOf(10, "s", 5).read("s", 2, 0)).isEqualTo(new Slice(List.of(), 5, 2));
    }

    @Test
    void allStreamsTogetherKeepFourTimesAsManyAsOne() {
        EventLog log = new EventLog(2);
        for (int i = 1; i <= 100; i++) {
            log.append(draft("c" + i % 50, i));
        }
        assertThat(log.read(null, 0, 1_000).events())
                .extracting(StoredEvent::position)
                .isEqualTo(range(93, 100));
    }

    @Test
    void aLogThatKeepsNothingIsRefused() {
        assertThatThrownBy(() -> new EventLog(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * By what a read allocates and how many instructions it takes, each compared with the same read of a log a
     * thousandth as long.
     */
    @Test
    void readingAPageCostsAsMuchAsThePageHoweverLongTheLog() {
        StreamLog small = streamLog(1_000);
        StreamLog huge = streamLog(1_000_000);
        cheapestRead(small); // so that both are measured as compiled code
        Cost ofHuge = cheapestRead(huge);
        Cost ofSmall = cheapestRead(small);
        assertThat(ofHuge.bytes()).isLessThanOrEqualTo(2 * ofSmall.bytes());
        assertThat(ofHuge.cpuNanos())
                .isLessThan(20 * ofSmall.cpuNanos()); // looking at every event would take hundreds of times as long
    }

    @Test
    void whatAReadAllocatesDependsOnWhatIsThereAndNotOnWhatIsAskedFor() {
        StreamLog log = new StreamLog(10);
        StoredEvent event = new StoredEvent(new Event("i", "s", 1, "t", 0, "{}"), 1, new byte[0]);
        for (int i = 0; i < 1_000_000; i++) {
            log.append(event);
        }
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        assertThat(log.read(0, Integer.MAX_VALUE, Long.MAX_VALUE).events()).hasSize(10);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    private record Cost(long bytes, long cpuNanos) {}

    private static StreamLog streamLog(int events) {
        StreamLog log = new StreamLog(1_000_000);
        StoredEvent event = new StoredEvent(new Event("i", "s", 1, "t", 0, "{}"), 1, new byte[0]);
        for (int i = 0; i < events; i++) {
            log.append(event);
        }
        return log;
    }

    /** The cheapest of many rounds: disturbances only make a round more expensive. */
    private static Cost cheapestRead(StreamLog log) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long end = log.head();
        long bytes = Long.MAX_VALUE;
        long cpuNanos = Long.MAX_VALUE;
        long read = 0;
        for (int round = 0; round < 50; round++) {
            long bytesBefore = thread.getCurrentThreadAllocatedBytes();
            long cpuBefore = thread.getCurrentThreadCpuTime();
            for (int i = 0; i < 20; i++) {
                read += log.read(end - 100, 200, Long.MAX_VALUE).events().size();
            }
            cpuNanos = Math.min(cpuNanos, thread.getCurrentThreadCpuTime() - cpuBefore);
            bytes = Math.min(bytes, thread.getCurrentThreadAllocatedBytes() - bytesBefore);
        }
        assertThat(read).isEqualTo(50 * 20 * 100);
        return new Cost(bytes, Math.max(1, cpuNanos));
    }

    @Test
    void largeEventsGoOldestFirstBeyondTheLimitInBytes() {
        String data = "{\"text\":\"" + "x".repeat(1_000) + "\"}";
        EventLog log = new EventLog(100, 5_500);
        for (int i = 1; i <= 40; i++) { // the ring grows meanwhile
            log.append(new EventDraft("evt_" + i, i % 2 == 0 ? "even" : "odd", "type", i, data));
        }

        assertThat(sequences(log.read("even", 0, 100))).containsExactly(19L, 20L);
        assertThat(sequences(log.read("odd", 3, 100))).containsExactly(19L, 20L);
        assertThat(log.read(null, 0, 100).events())
                .extracting(StoredEvent::position)
                .containsExactly(37L, 38L, 39L, 40L);
        assertThat(log.at(36)).isEmpty();
        assertThat(log.read("even", 0, 100).head()).isEqualTo(20);
    }

    @Test
    void theNewestEventStaysWhateverItsSize() {
        EventLog log = new EventLog(10, 1);
        log.append(draft("a", 1));
        log.append(draft("b", 2));

        assertThat(sequences(log.read("a", 0, 10))).isEmpty();
        assertThat(sequences(log.read("b", 0, 10))).containsExactly(1L);
    }
}
