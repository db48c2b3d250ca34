package dev.pushpull.schedule;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Decides what may start when there are limits on how much may be under way for one key and in total. Waiting items
 * start in the order they came, except that a key at its own limit lets others pass. Uses no thread and no clock;
 * callers guard it with their own lock.
 *
 * @param <K> the key of the inner limit, for instance an endpoint
 * @param <T> what starts
 */
public final class InFlightLimit<K, T> {
    private record Waiting<T>(long number, T item) {}

    private static final class Lane<K, T> {
        final K key;
        final ArrayDeque<Waiting<T>> waiting = new ArrayDeque<>();
        int underWay;
        boolean queued;

        Lane(K key) {
            this.key = key;
        }

        long firstNumber() {
            return waiting.element().number();
        }

        /** How many waiting items the limit of their key alone would let start. */
        int startable(int maxPerKey) {
            return Math.min(waiting.size(), maxPerKey - underWay);
        }
    }

    /** An item that may start now; return it to {@link InFlightLimit#finished} when it is over. */
    public record Start<K, T>(K key, T item) {}

    private final int maxPerKey;
    private final int maxInAll;
    private final Map<K, Lane<K, T>> lanes = new HashMap<>();
    /** Lanes below their limit with waiting items, ordered by the arrival of their first. */
    private final PriorityQueue<Lane<K, T>> ready = new PriorityQueue<>(Comparator.comparingLong(Lane::firstNumber));

    private long offered;
    private int underWay;
    private int waiting;
    private int startable;
    private int mostWaiting;
    private int mostUnderWay;
    private long heldByKey;
    private long heldInAll;

    /**
     * @param maxPerKey at least 1
     * @param maxInAll at least 1
     */
    public InFlightLimit(int maxPerKey, int maxInAll) {
        if (maxPerKey < 1 || maxInAll < 1) {
            throw new IllegalArgumentException(
                    "a limit lets at least one start, not %d per key and %d in all".formatted(maxPerKey, maxInAll));
        }
        this.maxPerKey = maxPerKey;
        this.maxInAll = maxInAll;
    }

    /** Adds an item; it starts when {@link #next} returns it. */
    public void offer(K key, T item) {
        Lane<K, T> lane = lanes.computeIfAbsent(key, Lane::new);
        if (lane.underWay + lane.waiting.size() >= maxPerKey) {
            heldByKey++;
        } else {
            if (underWay + startable >= maxInAll) {
                heldInAll++;
            }
            startable++;
        }
        lane.waiting.add(new Waiting<>(offered++, item));
        waiting++;
        mostWaiting = Math.max(mostWaiting, waiting);
        queueWhenAble(lane);
    }

    /** The next item that may start, or null when nothing waits or the limits are reached. */
    public Start<K, T> next() {
        if (underWay >= maxInAll) {
            return null;
        }
        Lane<K, T> lane = ready.poll();
        if (lane == null) {
            return null;
        }
        lane.queued = false;
        T item = lane.waiting.remove().item();
        waiting--;
        startable--;
        lane.underWay++;
        underWay++;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        queueWhenAble(lane);
        return new Start<>(lane.key, item);
    }

    /** A started item is over; its place is free again. */
    public void finished(K key) {
        Lane<K, T> lane = lanes.get(key);
        startable -= lane.startable(maxPerKey);
        lane.underWay--;
        startable += lane.startable(maxPerKey);
        underWay--;
        removeOrQueue(lane);
    }

    /** Removes unwanted items from a key's queue; the cost grows with the length of the queue. */
    public void withdraw(K key, Predicate<T> unwanted) {
        Lane<K, T> lane = lanes.get(key);
        if (lane == null) {
            return;
        }
        ready.remove(lane); // its place among the others depends on its first item
        lane.queued = false;
        startable -= lane.startable(maxPerKey);
        waiting -= lane.waiting.size();
        lane.waiting.removeIf(one -> unwanted.test(one.item()));
        waiting += lane.waiting.size();
        startable += lane.startable(maxPerKey);
        removeOrQueue(lane);
    }

    public int underWay() {
        return underWay;
    }

    public int waiting() {
        return waiting;
    }

    /** The longest the queue ever was. */
    public int mostWaiting() {
        return mostWaiting;
    }

    /** The most that were ever under way at once. */
    public int mostUnderWay() {
        return mostUnderWay;
    }

    /** How many had to wait because their key was at its limit. */
    public long heldByKey() {
        return heldByKey;
    }

    /** How many had to wait because the total limit was reached. */
    public long heldInAll() {
        return heldInAll;
    }

    private void removeOrQueue(Lane<K, T> lane) {
        if (lane.underWay == 0 && lane.waiting.isEmpty()) {
            lanes.remove(lane.key);
        } else {
            queueWhenAble(lane);
        }
    }

    private void queueWhenAble(Lane<K, T> lane) {
        if (!lane.queued && !lane.waiting.isEmpty() && lane.underWay < maxPerKey) {
            lane.queued = true;
            ready.add(lane);
        }
    }
}
