package dev.pushpull.delivery.stream;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The threads of consumers that hold connections, one for each connection. */
final class StreamThreads {
    private final RoleThreads roles;
    private final boolean light;
    private final NanoClock clock;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** @param light whether they are virtual where Java has such */
    StreamThreads(RoleThreads roles, boolean light, NanoClock clock) {
        this.roles = roles;
        this.light = light;
        this.clock = clock;
    }

    void start(Runnable work) {
        threads.add(roles.start(work, light));
    }

    /** The same when others may have ended. */
    void startAnother(Runnable work) {
        threads.removeIf(thread -> !thread.isAlive());
        start(work);
    }

    /** Waits for them for so long; returns whether all have ended. */
    boolean ended(long mostNanos) throws InterruptedException {
        long until = clock.nanoTime() + mostNanos;
        for (Thread thread : threads) {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, until - clock.nanoTime()));
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }
}
