package dev.pushpull.host;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** CPU time by the roles that {@link RoleThreads} names, including threads that have ended. */
public final class CpuMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** The name of a thread whose CPU time is already booked as ended, though the thread lives a moment longer. */
    private static final String BOOKED = "ended";

    /** All meters still in use; guards itself and their contents. */
    private static final Set<CpuMeter> METERS = Collections.newSetFromMap(new WeakHashMap<>());

    private final Map<Long, Long> atStartNanosByThread = new HashMap<>();
    private final Map<String, Long> endedNanosByRole = new HashMap<>();

    /** Starts measuring. */
    public CpuMeter() {
        synchronized (METERS) {
            alive().forEach((thread, nanos) -> atStartNanosByThread.put(thread.getThreadId(), nanos));
            METERS.add(this);
        }
    }

    /** Milliseconds of CPU since this meter was made, by thread name up to its last colon: {@code polling:provider}. */
    public Map<String, Double> millisByRole() {
        Map<String, Long> nanosByRole;
        synchronized (METERS) {
            nanosByRole = new HashMap<>(endedNanosByRole);
            alive().forEach((thread, nanos) -> book(nanosByRole, thread.getThreadName(), thread.getThreadId(), nanos));
        }
        Map<String, Double> millis = new HashMap<>();
        nanosByRole.forEach((role, nanos) -> millis.put(role, nanos / 1e6));
        return millis;
    }

    private void book(Map<String, Long> nanosByRole, String threadName, long threadId, long nanos) {
        String name = LightThreads.bookedAs(threadName);
        int end = name.lastIndexOf(':');
        String role = end < 0 ? "other" : name.substring(0, end);
        nanosByRole.merge(role, nanos - atStartNanosByThread.getOrDefault(threadId, 0L), Long::sum);
    }

    /** CPU time of the calling thread so far, in nanoseconds, for work that it does for another role. */
    public static long ofThisThreadNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Clocks of processor time, in nanoseconds. */
    public interface Clocks {
        /** Those of this process; each takes about a microsecond to read. */
        Clocks HERE = new Clocks() {
            @Override
            public long thisThreadNanos() {
                return ofThisThreadNanos();
            }

            @Override
            public long threadNanos(long id) {
                return id <= 0 ? 0 : Math.max(0, THREADS.getThreadCpuTime(id));
            }

            @Override
            public long processNanos() {
                return PROCESS.getProcessCpuTime();
            }
        };

        long thisThreadNanos();

        /** @param id of a thread; 0 for none, which takes no time */
        long threadNanos(long id);

        /** With what the JVM itself does: it compiles, and collects garbage. */
        long processNanos();
    }

    /** The last thing that a thread of a role does, because the JVM forgets the thread's CPU time. */
    static void thisThreadEnds() {
        Thread thread = Thread.currentThread();
        synchronized (METERS) {
            long nanos = ofThisThreadNanos();
            METERS.forEach(meter -> meter.book(meter.endedNanosByRole, thread.getName(), thread.getId(), nanos));
            thread.setName(BOOKED);
        }
    }

    private static Map<ThreadInfo, Long> alive() {
        Map<ThreadInfo, Long> alive = new IdentityHashMap<>();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            long nanos = thread == null ? -1 : THREADS.getThreadCpuTime(thread.getThreadId());
            if (nanos >= 0 && !thread.getThreadName().equals(BOOKED)) { // null and -1: the thread has ended meanwhile
                alive.put(thread, nanos);
            }
        }
        return alive;
    }
}
