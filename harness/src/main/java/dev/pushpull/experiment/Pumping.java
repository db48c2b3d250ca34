package dev.pushpull.experiment;

import dev.pushpull.measure.RoleThreads;
import dev.pushpull.scenario.Distribution;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** An {@link EventPump} at work on a thread of its own. */
final class Pumping implements AutoCloseable {
    private final EventPump pump;
    private final FutureTask<Void> pumped;
    private final Thread thread;

    Pumping(EventPump pump, RoleThreads threads) {
        this.pump = pump;
        this.pumped = new FutureTask<>(pump, null);
        this.thread = threads.newThread(pumped);
        thread.start();
    }

    /** Whether all events have occurred, or cannot any more. */
    boolean over() {
        return pumped.isDone();
    }

    /**
     * Stops it and tells how late events were.
     *
     * @throws IOException when they could not be made to occur
     */
    Distribution stop() throws IOException, InterruptedException {
        close();
        thread.join();
        try {
            pumped.get();
        } catch (ExecutionException e) {
            throw new IOException("the events could not be made to occur: " + e.getCause(), e.getCause());
        }
        return pump.lateness();
    }

    @Override
    public void close() {
        pump.stop();
        thread.interrupt();
    }
}
