package dev.pushpull.watch;

import dev.pushpull.host.CpuMeter;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait for the next look, so that looking takes little of the program's processor time: the dearer a look
 * has been of late, and the less the program does besides, the longer. Used by one thread, but for its share.
 */
final class Pace {
    static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Below a hundredth, with room for what comes once: the lanes themselves, and a page that comes back. */
    private static final double MOST_SHARE = 0.006;

    /** The part that the last look has in what is taken for usual. */
    private static final double WEIGHT = 0.3;

    private final CpuMeter.Clocks clocks;
    private long ioThread;
    private long firstOwnNanos;
    private long firstAllNanos;
    private long lastOwnNanos;
    private long lastAllNanos;
    private long lastNanos;
    private double lookNanos;
    private double perNano;
    private long everyNanos = FIRST_NANOS;
    private volatile double share = -1;

    /** @param clocks of processor time */
    Pace(CpuMeter.Clocks clocks) {
        this.clocks = clocks;
    }

    /** What it takes is counted from now on. */
    void begin(long nowNanos, long ofThread) {
        ioThread = ofThread;
        firstOwnNanos = own();
        firstAllNanos = clocks.processNanos();
        lastOwnNanos = firstOwnNanos;
        lastAllNanos = firstAllNanos;
        lastNanos = nowNanos;
        lookNanos = 0;
        perNano = 0;
        everyNanos = FIRST_NANOS;
    }

    private long own() {
        return clocks.thisThreadNanos() + clocks.threadNanos(ioThread);
    }

    /** A look is over; how long to wait for the next one. */
    long next(long nowNanos) {
        long ownNanos = own();
        long allNanos = clocks.processNanos();
        double passed = Math.max(1, nowNanos - lastNanos);
        double weight = lookNanos == 0 ? 1 : WEIGHT;
        lookNanos += weight * (ownNanos - lastOwnNanos - lookNanos);
        perNano += weight * ((allNanos - lastAllNanos) / passed - perNano);
        lastOwnNanos = ownNanos;
        lastAllNanos = allNanos;
        lastNanos = nowNanos;
        double wished = perNano > 0 ? lookNanos / (MOST_SHARE * perNano) : FIRST_NANOS;
        everyNanos = (long) Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, wished));
        if (allNanos > firstAllNanos) {
            share = (double) (ownNanos - firstOwnNanos) / (allNanos - firstAllNanos);
        }
        return everyNanos;
    }

    /** How often it looks now. */
    long everyNanos() {
        return everyNanos;
    }

    /** What the looks took of the program's processor time. Any thread may ask. */
    OptionalDouble share() {
        return share < 0 ? OptionalDouble.empty() : OptionalDouble.of(share);
    }
}
