package dev.pushpull.experiment.claim;

import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Distribution;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** When each of some events was due, how often it came, and how late it was the first time. For any number of threads. */
final class DeliveryLedger {
    private static final class Entry {
        private final long dueNanos;
        private long receivedNanos;
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

    /** @param streams so many streams, the first ones, are ours */
    DeliveryLedger(int streams) {
        this.streams = streams;
    }

    /** An event is about to occur. */
    synchronized void occurs(String id, int stream, long dueNanos) {
        if (stream < streams) {
            entries.put(id, new Entry(dueNanos));
        }
    }

    /** It has come to whom it is for, for the first time or once more. */
    synchronized void receive(String id, long nanos) {
        Entry entry = entries.get(id);
        if (entry == null) {
            strangers++;
            return;
        }
        entry.times++;
        if (entry.times == 1) {
            received++;
            entry.receivedNanos = nanos;
            latency.record(nanos - entry.dueNanos);
            outOfOrder += entry.dueNanos < newestNanos ? 1 : 0;
            newestNanos = Math.max(newestNanos, entry.dueNanos);
        } else if (entry.times == 2) {
            repeated++;
        }
    }

    /** Whether it is an event of ours that has not come yet. */
    synchronized boolean lacks(String id) {
        return entries.containsKey(id) && entries.get(id).times == 0;
    }

    synchronized long events() {
        return entries.size();
    }

    /** Events that came at least once. */
    synchronized long received() {
        return received;
    }

    /** Events that came more than once. */
    synchronized long repeated() {
        return repeated;
    }

    /** How often something came that is no event of ours. */
    synchronized long strangers() {
        return strangers;
    }

    /** Events that came first after a later one had come. */
    synchronized long outOfOrder() {
        return outOfOrder;
    }

    /** From when they were due until they came first, of those that came. */
    synchronized Distribution latency() {
        return latency.distribution();
    }

    /** How many were due from one time on and before another. */
    synchronized long dueBetween(long fromNanos, long toNanos) {
        return due(fromNanos, toNanos).count();
    }

    /** When the last of these came first; empty when none did. */
    synchronized OptionalLong lastReceived(long fromNanos, long toNanos) {
        return due(fromNanos, toNanos)
                .filter(entry -> entry.times > 0)
                .mapToLong(entry -> entry.receivedNanos)
                .max();
    }

    private Stream<Entry> due(long fromNanos, long toNanos) {
        return entries.values().stream().filter(entry -> entry.dueNanos >= fromNanos && entry.dueNanos < toNanos);
    }
}
