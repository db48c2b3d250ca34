package dev.pushpull.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/** CPU time by the roles that {@link RoleThreads} names. */
public final class CpuMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> atStartNanos = cpuNanosByThread();

    /** Milliseconds of CPU since this meter was made, by thread name up to the last colon: {@code polling:provider}. */
    public Map<String, Double> millisByRole() {
        Map<String, Double> millis = new HashMap<>();
        cpuNanosByThread().forEach((id, nanos) -> {
            ThreadInfo info = THREADS.getThreadInfo(id);
            if (info != null) {
                String name = info.getThreadName();
                int end = name.lastIndexOf(':');
                String role = end < 0 ? "other" : name.substring(0, end);
                millis.merge(role, (nanos - atStartNanos.getOrDefault(id, 0L)) / 1e6, Double::sum);
            }
        });
        return millis;
    }

    /** CPU time of the calling thread so far, nanoseconds: for what it does for another role than its own. */
    public static long ofThisThreadNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static Map<Long, Long> cpuNanosByThread() {
        Map<Long, Long> nanos = new HashMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            long cpu = THREADS.getThreadCpuTime(id);
            if (cpu >= 0) { // -1: ended meanwhile
                nanos.put(id, cpu);
            }
        }
        return nanos;
    }
}
