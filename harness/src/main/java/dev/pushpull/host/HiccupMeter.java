package dev.pushpull.host;

import dev.pushpull.scenario.Distribution;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Listens to the machine: sleeps for a millisecond again and again and records how much longer it took. No measured
 * latency can be free of the delays it records.
 */
public final class HiccupMeter implements AutoCloseable {
    private static final long SLEEP_NANOS = 1_000_000;

    private final Histogram excess = new Histogram(3);
    private double sumNanos;
    private final NanoClock clock;
    private final Thread thread;
    private volatile boolean running = true;
    private final AtomicLong longestNanos = new AtomicLong();

    public HiccupMeter(NanoClock clock, RoleThreads threads) {
        this.clock = clock;
        this.thread = threads.newThread(this::listen);
    }

    /** Starts listening. */
    public void start() {
        thread.start();
    }

    private void listen() {
        while (running) {
            long before = clock.nanoTime();
            LockSupport.parkNanos(SLEEP_NANOS);
            long excessNanos = clock.nanoTime() - before - SLEEP_NANOS;
            if (excessNanos >= 0) { // a sleep that was cut short says nothing
                excess.recordValue(excessNanos);
                sumNanos += excessNanos;
                if (excessNanos > longestNanos.get()) {
                    longestNanos.set(excessNanos);
                }
            }
        }
    }

    /** The longest delay since this was last asked, so far as it is over. */
    public long longestNanos() {
        return longestNanos.getAndSet(0);
    }

    /** Stops listening and returns what was recorded. */
    public Distribution stop() throws InterruptedException {
        close();
        thread.join();
        return new Distribution(excess, sumNanos);
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
    }
}
