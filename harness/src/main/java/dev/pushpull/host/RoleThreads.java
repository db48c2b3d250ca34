package dev.pushpull.host;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names threads by their role, so that CPU time can be measured by role.
 *
 * @param owner the delivery mode they work for, or "run"
 * @param role provider, consumer or harness
 */
public record RoleThreads(String owner, String role) implements ThreadFactory {
    public static final String PROVIDER = "provider";
    public static final String CONSUMER = "consumer";
    public static final String HARNESS = "harness";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** The common start of these threads' names. */
    public String prefix() {
        return owner + ":" + role + ":";
    }

    @Override
    public Thread newThread(Runnable work) {
        Runnable booked = () -> {
            try {
                work.run();
            } finally {
                CpuMeter.thisThreadEnds();
            }
        };
        Thread thread = new Thread(booked, prefix() + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts one of many threads that mostly wait.
     *
     * @param light whether it is one of the {@link LightThreads}
     */
    public Thread start(Runnable work, boolean light) {
        if (light) {
            return LightThreads.start(this, work);
        }
        Thread thread = newThread(work);
        thread.start();
        return thread;
    }

    /**
     * Threads that are made when needed and then kept; the one that was busy last is used first. The caller makes sure
     * that no more than {@code most} are needed at once.
     */
    public ThreadPoolExecutor workers(int most) {
        return new ThreadPoolExecutor(0, most, 1, TimeUnit.DAYS, new SynchronousQueue<>(), this);
    }
}
