package dev.pushpull.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/** CPU time by the roles that {@link RoleThreads} names, of its threads that ended as well. */
public final class CpuMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Of threads that ended, by id, which no other thread ever gets; guards itself. */
    private static final Map<Long, Taken> ENDED = new HashMap<>();

    private final Map<Long, Taken> atStart = takenByThread();

    /** What a thread has taken since it began. */
    private record Taken(String role, long nanos) {}

    /** Milliseconds of CPU since this meter was made, by thread name up to the last colon: {@code polling:provider}. */
    public Map<String, Double> millisByRole() {
        Map<String, Double> millis = new HashMap<>();
        takenByThread().forEach((id, taken) -> {
            long before = atStart.containsKey(id) ? atStart.get(id).nanos() : 0;
            millis.merge(taken.role(), (taken.nanos() - before) / 1e6, Double::sum);
        });
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
            ENDED.put(thread.getId(), new Taken(role(thread.getName()), ofThisThreadNanos()));
        }
    }

    private static Map<Long, Taken> takenByThread() {
        synchronized (ENDED) {
            Map<Long, Taken> taken = new HashMap<>(ENDED);
            for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                long nanos = thread == null ? -1 : THREADS.getThreadCpuTime(thread.getThreadId());
                if (nanos >= 0) { // null and -1: ended meanwhile
                    taken.putIfAbsent(thread.getThreadId(), new Taken(role(thread.getThreadName()), nanos));
                }
            }
            return taken;
        }
    }

    private static String role(String threadName) {
        int end = threadName.lastIndexOf(':');
        return end < 0 ? "other" : threadName.substring(0, end);
    }
}
