package dev.pushpull.experiment.run;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * An {@link EventPump} on a thread of its own. The thread stays until this is closed, because the CPU time of a
 * finished thread is lost.
 */
public final class Pumping implements AutoCloseable {
    private final EventPump pump;
    private final FutureTask<Void> pumped;
    private final Thread thread;
    private final Semaphore closed = new Semaphore(0);

    public Pumping(EventPump pump, RoleThreads threads) {
        this.pump = pump;
        this.pumped = new FutureTask<>(pump, null);
        this.thread = threads.newThread(() -> {
            pumped.run();
            closed.acquireUninterruptibly();
        });
        thread.start();
    }

    /** Whether all events have occurred, or no more can. */
    public boolean over() {
        return pumped.isDone();
    }

    /**
     * Stops all and tells how late their events were.
     *
     * @throws IOException as {@link #stop()} does
     */
    public static Distribution stop(Collection<Pumping> all) throws IOException, InterruptedException {
        all.forEach(Pumping::halt);
        List<Distribution> lateness = new ArrayList<>();
        for (Pumping one : all) {
            lateness.add(one.stop());
        }
        return Distribution.sum(lateness);
    }

    /**
     * Stops the pump and returns how late events were.
     *
     * @throws IOException when events failed to occur
     */
    public Distribution stop() throws IOException, InterruptedException {
        halt();
        try {
            pumped.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "the events could not be made to occur: " + Failures.sentence(e.getCause()), e.getCause());
        }
        return pump.lateness();
    }

    private void halt() {
        pump.stop();
        thread.interrupt();
    }

    @Override
    public void close() {
        halt();
        closed.release();
    }
}
