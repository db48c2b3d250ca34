package dev.pushpull.delivery;

import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.Seeds;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;

/**
 * Says on the clock of a live run when consumers go down and when they are back, at the very times of virtual time. All
 * go down together, or, where outages are random, each by itself: so they form one group or as many as there are.
 */
public final class Outages implements AutoCloseable {
    private final NanoClock clock;
    private final DownTimes[] downTimes;

    /** When each group is back; 0 while it is up. */
    private final AtomicLongArray backNanos;

    private ScheduledThreadPoolExecutor timer;
    private boolean closed;

    public Outages(Scenario scenario, NanoClock clock) {
        this.clock = clock;
        Scenario.Faults faults = scenario.faults();
        int groups = faults.meanUpNanos() > 0
                ? scenario.events().consumers()
                : faults.outages().isEmpty() ? 0 : 1;
        this.downTimes = new DownTimes[groups];
        this.backNanos = new AtomicLongArray(groups);
        for (int group = 0; group < groups; group++) {
            downTimes[group] = of(scenario, group);
        }
    }

    /** When a consumer is down, from the start of the run. */
    public static DownTimes of(Scenario scenario, int consumer) {
        return Outage.downTimes(scenario.faults(), new Seeds(scenario.run().seed()), consumer);
    }

    /** How many go down independently of each other; 0 when none ever does. */
    public int groups() {
        return downTimes.length;
    }

    /** The group of a consumer. */
    public int groupOf(int consumer) {
        return downTimes.length <= 1 ? 0 : consumer;
    }

    /** Whether a consumer is one of a group. */
    public boolean has(int group, int consumer) {
        return groupOf(consumer) == group;
    }

    /**
     * Begins to tell, unless it has begun or is closed.
     *
     * @param startNanos when the run starts; a group that is down from the start goes down now
     * @param down told at the beginning of each outage of a group, by one thread
     * @param up told at its end
     */
    public synchronized void start(long startNanos, IntConsumer down, IntConsumer up) {
        if (timer != null || closed || groups() == 0) {
            return;
        }
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "outages");
            thread.setDaemon(true);
            return thread;
        });
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        long sinceNanos = Math.max(0, clock.nanoTime() - startNanos);
        for (int group = 0; group < groups(); group++) {
            next(group, startNanos, sinceNanos, down, up);
        }
    }

    /** @param sinceNanos what ended before is over */
    private void next(int group, long startNanos, long sinceNanos, IntConsumer down, IntConsumer up) {
        DownTimes times = downTimes[group];
        times.forget(sinceNanos);
        long from = times.startNanos(sinceNanos);
        long until = times.endNanos(sinceNanos);
        if (from == DownTimes.NONE) {
            return;
        }
        boolean already = from <= sinceNanos;
        if (already) { // as of now, not a moment later
            backNanos.set(group, startNanos + until);
        }
        at(already ? clock.nanoTime() : startNanos + from, () -> {
            backNanos.set(group, startNanos + until);
            down.accept(group);
            at(startNanos + until, () -> {
                up.accept(group);
                backNanos.set(group, 0);
                next(group, startNanos, until, down, up);
                synchronized (this) {
                    notifyAll();
                }
            });
        });
    }

    private synchronized void at(long nanos, Runnable work) {
        if (!closed) {
            timer.schedule(work, nanos - clock.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /** Waits while a consumer is down; returns false when it is interrupted, or closed while the consumer is down. */
    synchronized boolean awaitUp(int consumer) {
        try {
            while (groups() > 0 && backNanos.get(groupOf(consumer)) != 0) {
                if (closed) {
                    return false;
                }
                wait();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Tells nothing more; whoever waits goes on. */
    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.shutdownNow();
        }
        notifyAll();
    }
}
