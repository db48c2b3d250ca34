package dev.pushpull.host;

import dev.pushpull.host.Spans.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * Detects when nothing runs: a thread sleeps for a millisecond again and again, and each sleep that took 5 ms longer is
 * recorded. In a process of its own, such a stall comes from the machine; in another, it may come from the process.
 */
public final class StallEar implements AutoCloseable {
    /** Shorter stalls do not change the p99 of a step. */
    public static final long LEAST_NANOS = 5_000_000;

    private static final long SLEEP_NANOS = 1_000_000;
    private static final int MOST_KEPT = 10_000;

    private final NanoClock clock;
    private final Thread thread;
    private final Deque<Span> heard = new ArrayDeque<>();
    private volatile boolean running = true;

    /**
     * Begins to listen.
     *
     * @param name of the thread
     */
    public StallEar(NanoClock clock, String name) {
        this.clock = clock;
        thread = new Thread(this::listen, name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
    }

    private void listen() {
        while (running) {
            long before = clock.nanoTime();
            LockSupport.parkNanos(SLEEP_NANOS);
            long after = clock.nanoTime();
            if (after - before - SLEEP_NANOS >= LEAST_NANOS) {
                keep(new Span(before + SLEEP_NANOS / 2, after)); // it began at some moment of the sleep
            }
        }
    }

    private synchronized void keep(Span span) {
        heard.addLast(span);
        if (heard.size() > MOST_KEPT) {
            heard.removeFirst();
        }
    }

    /** The stalls heard that ended after this time. */
    public synchronized Spans since(long nanos) {
        return Spans.of(new ArrayList<>(
                heard.stream().filter(span -> span.endNanos() - nanos > 0).toList()));
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
    }
}
