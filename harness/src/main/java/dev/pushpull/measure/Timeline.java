package dev.pushpull.measure;

import dev.pushpull.scenario.Outcome.LatencySecond;
import dev.pushpull.scenario.TimelineSecond;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What happens, second by second of the measured time. Guarded by the recorder that owns it. */
final class Timeline {
    /** The columns of its rows. */
    enum Column {
        EVENTS,
        DELIVERIES,
        REQUESTS,
        EMPTY,
        TO_PROVIDER,
        TO_CONSUMER
    }

    private final List<long[]> rows = new ArrayList<>();

    /** By how many the connections held open became more or fewer, by second. */
    private final NavigableMap<Long, Long> held = new TreeMap<>();

    private final List<LatencySecond> latencies = new ArrayList<>();
    private final LatencyHistogram currentSecond = new LatencyHistogram();
    private long second;

    /** @param sinceStartNanos what happened before the start counts with the first second */
    void add(Column column, long sinceStartNanos, long more) {
        row(sinceStartNanos)[column.ordinal()] += more;
    }

    void bytes(long sinceStartNanos, long toProvider, long toConsumer) {
        long[] row = row(sinceStartNanos);
        row[Column.TO_PROVIDER.ordinal()] += toProvider;
        row[Column.TO_CONSUMER.ordinal()] += toConsumer;
    }

    /** So many connections more are held open, or fewer. */
    void held(long sinceStartNanos, long more) {
        held.merge(secondOf(sinceStartNanos), more, Long::sum);
    }

    private long heldAtTheEndOf(long ofSecond) {
        return held.headMap(ofSecond, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long[] row(long sinceStartNanos) {
        int index = (int) secondOf(sinceStartNanos);
        while (rows.size() <= index) {
            rows.add(new long[Column.values().length]);
        }
        return rows.get(index);
    }

    /** Records a delivery with this latency. */
    void latency(long sinceStartNanos, long latencyNanos) {
        long now = secondOf(sinceStartNanos);
        if (now != second && currentSecond.count() > 0) {
            latencies.add(new LatencySecond(second, currentSecond.distribution().compact()));
            currentSecond.reset();
        }
        second = Math.max(second, now);
        currentSecond.record(latencyNanos);
    }

    private static long secondOf(long sinceStartNanos) {
        return Math.max(0, sinceStartNanos) / 1_000_000_000L;
    }

    List<TimelineSecond> seconds() {
        List<TimelineSecond> seconds = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            long[] row = rows.get(i);
            seconds.add(new TimelineSecond(i, row[0], row[1], row[2], row[3], row[4], row[5], heldAtTheEndOf(i)));
        }
        return seconds;
    }

    List<LatencySecond> latencies() {
        List<LatencySecond> all = new ArrayList<>(latencies);
        if (currentSecond.count() > 0) {
            all.add(new LatencySecond(second, currentSecond.distribution().compact()));
        }
        return all;
    }
}
