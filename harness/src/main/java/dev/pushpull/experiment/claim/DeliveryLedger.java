package dev.pushpull.experiment.claim;

import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Distribution;
import java.util.HashMap;
import java.util.Map;

/** When each event was due, how often it arrived, and how late it was the first time. Thread-safe. */
final class DeliveryLedger {
    private static final class Entry {
        private final long dueNanos;
        private int times;

        Entry(long dueNanos) {
            this.dueNanos = dueNanos;
        }
    }

    private final int streams;
    private final Map<String, Entry> entries = new HashMap<>();
    private final LatencyHistogram latency = new LatencyHistogram();
    private long received;
    private long repeated;
    private long strangers;
    private long outOfOrder;
    private long newestNanos = Long.MIN_VALUE;

    /** @param streams how many streams are ours, the first ones */
    DeliveryLedger(int streams) {
        this.streams = streams;
    }

    /** An event is about to occur. */
    synchronized void occurs(String id, int stream, long dueNanos) {
        if (stream < streams) {
            entries.put(id, new Entry(dueNanos));
        }
    }

    /** The event has reached its receiver, for the first time or again. */
    synchronized void receive(String id, long nanos) {
        Entry entry = entries.get(id);
        if (entry == null) {
            strangers++;
            return;
        }
        entry.times++;
        if (entry.times == 1) {
            received++;
            latency.record(nanos - entry.dueNanos);
            outOfOrder += entry.dueNanos < newestNanos ? 1 : 0;
            newestNanos = Math.max(newestNanos, entry.dueNanos);
        } else if (entry.times == 2) {
            repeated++;
        }
    }

    synchronized long events() {
        return entries.size();
    }

    /** Events that arrived at least once. */
    synchronized long received() {
        return received;
    }

    /** Events that arrived more than once. */
    synchronized long repeated() {
        return repeated;
    }

    /** How many arrivals were none of our events. */
    synchronized long strangers() {
        return strangers;
    }

    /** Events that first arrived after a later one. */
    synchronized long outOfOrder() {
        return outOfOrder;
    }

    /** From due time to first arrival, for events that arrived. */
    synchronized Distribution latency() {
        return latency.distribution();
    }
}
