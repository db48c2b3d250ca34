package dev.pushpull.host;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Threads that mostly wait, thousands of them. From Java 24 on they are virtual: earlier ones hold a platform thread
 * while they wait within a lock, as HTTP clients do. Their CPU time is that of the few threads that carry them.
 */
public final class LightThreads {
    private static final int LEAST_VERSION = 24;
    private static final Pattern CARRIER = Pattern.compile("ForkJoinPool-\\d+-worker-\\d+|.*-Poller|.*[Uu]nparker.*");
    private static final Optional<Method> START = find();

    /** For whom they work: owners and roles as in a thread's name. */
    private static final Set<String> WORK_FOR = ConcurrentHashMap.newKeySet();

    private LightThreads() {}

    private static Optional<Method> find() {
        try {
            return Runtime.version().feature() < LEAST_VERSION
                    ? Optional.empty()
                    : Optional.of(Thread.class.getMethod("startVirtualThread", Runnable.class));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    /** Whether this Java has them. */
    public static boolean exist() {
        return START.isPresent();
    }

    /** Starts one. */
    static Thread start(RoleThreads role, Runnable work) {
        WORK_FOR.add(role.prefix());
        try {
            return (Thread) START.orElseThrow().invoke(null, work);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads cannot be started", e);
        }
    }

    /** The name under which CPU time of a thread counts: carriers work for who has light threads, if it is only one. */
    static String bookedAs(String threadName) {
        return WORK_FOR.size() == 1 && CARRIER.matcher(threadName).matches()
                ? WORK_FOR.iterator().next()
                : threadName;
    }

    /** Whether several have light threads in this process, so that nobody knows whose their CPU time is. */
    public static boolean shared() {
        return WORK_FOR.size() > 1;
    }
}
