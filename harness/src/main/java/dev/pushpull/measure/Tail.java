package dev.pushpull.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What a trial's recorder saw last, for somebody who watches while it runs. It never grows: a reader who comes too late
 * finds newer steps in the place of older ones, and is told how many were lost. One thread writes at a time; any number
 * reads. Neither waits for the other.
 */
public final class Tail {
    /** So many steps are kept. */
    public static final int KEPT = 4096;

    /** Buckets an octave: neighbours differ by less than a tenth. */
    private static final int STEPS_BITS = 3;

    private static final int BUCKETS = (Long.SIZE - STEPS_BITS) << STEPS_BITS;

    private final int consumers;
    private final AtomicReferenceArray<Placed> steps = new AtomicReferenceArray<>(KEPT);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLongArray latencies = new AtomicLongArray(BUCKETS);

    private record Placed(long place, Happened step) {}

    /**
     * Some steps, the oldest first.
     *
     * @param next where to go on reading
     * @param lost steps that were overwritten before they were read
     */
    public record Part(List<Happened> steps, long next, long lost) {}

    /**
     * How many deliveries took how long: those of each bucket, none of them above {@code upToNanos}.
     *
     * @param upToNanos rising
     * @param counts none of them 0
     */
    public record Latencies(List<Long> upToNanos, List<Long> counts) {}

    /** @param consumers whose steps it keeps: so many, the first ones */
    public Tail(int consumers) {
        this.consumers = consumers;
    }

    /** How many consumers are watched, the first ones. */
    public int consumers() {
        return consumers;
    }

    /** A step was recorded. */
    public void add(Happened step) {
        long place = written.get();
        steps.setRelease((int) (place % KEPT), new Placed(place, step));
        written.setRelease(place + 1);
    }

    /** An event reached a consumer, watched or not, after this time. */
    public void delivered(long latencyNanos) {
        int bucket = bucket(latencyNanos);
        latencies.setRelease(bucket, latencies.get(bucket) + 1);
    }

    /** Where the next step will be put. */
    public long end() {
        return written.getAcquire();
    }

    /** The steps from a place on, up to another, as far as they are still kept. */
    public Part read(long from, long until) {
        List<Happened> read = new ArrayList<>();
        long first = Math.max(from, until - KEPT);
        for (long place = first; place < until; place++) {
            Placed placed = steps.getAcquire((int) (place % KEPT));
            if (placed != null && placed.place() == place) {
                read.add(placed.step());
            }
        }
        return new Part(read, until, until - from - read.size());
    }

    /** All latencies so far. */
    public Latencies latencies() {
        List<Long> upTo = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            long count = latencies.getAcquire(bucket);
            if (count > 0) {
                upTo.add(endNanos(bucket));
                counts.add(count);
            }
        }
        return new Latencies(upTo, counts);
    }

    /** Short ones exactly; of longer ones the first bits. */
    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - STEPS_BITS - 1);
        return (shift << STEPS_BITS) + (int) (nanos >>> shift);
    }

    /** The longest in it. */
    private static long endNanos(int bucket) {
        int shift = Math.max(0, (bucket >> STEPS_BITS) - 1);
        long first = bucket - ((long) shift << STEPS_BITS);
        return ((first + 1) << shift) - 1;
    }
}
