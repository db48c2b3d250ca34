package dev.pushpull.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/** CPU time by the roles that {@link RoleThreads} names, of threads that ended as well. */
public final class CpuMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The name of a thread whose CPU time is in the books of those that ended, though it lives a moment longer. */
    private static final String BOOKED = "ended";

    /** Of threads that ended, nanoseconds by role; guards itself. */
    private static final Map<String, Long> ENDED = new HashMap<>();

    private final Map<String, Long> atStartNanos = nanosByRole();

    /** Milliseconds of CPU since this meter was made, by thread name up to the last colon: {@code polling:provider}. */
    public Map<String, Double> millisByRole() {
        Map<String, Double> millis = new HashMap<>();
        nanosByRole().forEach((role, nanos) -> millis.put(role, (nanos - atStartNanos.getOrDefault(role, 0L)) / 1e6));
        return millis;
    }

    /** CPU time of the calling thread so far, nanoseconds: for what it does for another role than its own. */
    public static long ofThisThreadNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** The last that a thread of a role does: the JVM forgets its CPU time with it. */
    static void thisThreadEnds() {
        Thread thread = Thread.currentThread();
        synchronized (ENDED) {
            ENDED.merge(role(thread.getName()), ofThisThreadNanos(), Long::sum);
            thread.setName(BOOKED);
        }
    }

    /** Since the JVM began. */
    private static Map<String, Long> nanosByRole() {
        synchronized (ENDED) {
            Map<String, Long> nanos = new HashMap<>(ENDED);
            for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                long cpu = thread == null ? -1 : THREADS.getThreadCpuTime(thread.getThreadId());
                if (cpu >= 0 && !thread.getThreadName().equals(BOOKED)) { // null and -1: ended meanwhile
                    nanos.merge(role(thread.getThreadName()), cpu, Long::sum);
                }
            }
            return nanos;
        }
    }

    private static String role(String threadName) {
        int end = threadName.lastIndexOf(':');
        return end < 0 ? "other" : threadName.substring(0, end);
    }
}
