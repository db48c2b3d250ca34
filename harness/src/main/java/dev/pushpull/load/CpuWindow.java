package dev.pushpull.load;

import com.sun.management.OperatingSystemMXBean;
import dev.pushpull.host.NanoClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;

/** The CPU that this process, and one of its threads, use between two moments. */
public final class CpuWindow {
    /** No particular thread. */
    public static final long NO_THREAD = -1;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long fromNanos;
    private final long untilNanos;
    private final long thread;
    private Reading atStart;
    private Reading atEnd;

    /**
     * CPU used.
     *
     * @param processNanos by all threads, including the JVM's own
     * @param threadNanos by the watched thread; 0 without one
     */
    public record Reading(long processNanos, long threadNanos) {}

    /** @param thread a thread's id, or {@link #NO_THREAD} */
    public CpuWindow(LoadStep step, long thread) {
        this.fromNanos = step.fromNanos();
        this.untilNanos = step.untilNanos();
        this.thread = thread;
    }

    /** Checks whether one of its moments has come; must be called often. */
    public void at(long nowNanos) {
        if (atStart == null && nowNanos - fromNanos >= 0) {
            atStart = read();
        }
        if (atEnd == null && nowNanos - untilNanos >= 0) {
            atEnd = read();
        }
    }

    /** When to check next, at the latest. */
    public long nextNanos() {
        return atStart == null ? fromNanos : untilNanos;
    }

    /** The CPU used, once both moments have passed. */
    public Reading taken() {
        return new Reading(
                atEnd.processNanos - atStart.processNanos, Math.max(0, atEnd.threadNanos - atStart.threadNanos));
    }

    /** Waits for both moments and returns the CPU used between them. */
    public Reading await(NanoClock clock) throws InterruptedException {
        for (long now = clock.nanoTime(); atEnd == null; now = clock.nanoTime()) {
            at(now);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (atEnd == null) {
                LockSupport.parkNanos(this, Math.max(1, nextNanos() - now));
            }
        }
        return taken();
    }

    private Reading read() {
        return new Reading(PROCESS.getProcessCpuTime(), thread == NO_THREAD ? 0 : THREADS.getThreadCpuTime(thread));
    }
}
