package dev.pushpull.observe;

import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.ItemListener;
import dev.pushpull.standalone.Receiving;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A poller and a receiver in one process, with one clock. First a poll is read to its end, so that what was there before
 * is known; then the receiver opens; from then on it measures.
 */
public final class Observation implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final NanoClock clock = NanoClock.SYSTEM;
    private final Pairing pairing;
    private final EndpointPolling polling;
    private final Interruption endPolls = new Interruption();
    private final AtomicReference<Exception> polledBadly = new AtomicReference<>();
    private final Thread poller;
    private Receiving receiving;

    /** Opens the receiver. */
    public interface Opening {
        /** @param listener is to be told what comes */
        Receiving open(ItemListener listener) throws IOException;
    }

    /** Is called now and then while it goes on. */
    public interface Watch {
        void look(long nowNanos);
    }

    /** @param polling which tells {@code pairing} what it sees; not running yet */
    public Observation(Pairing pairing, EndpointPolling polling) {
        this.pairing = pairing;
        this.polling = polling;
        this.poller = new RoleThreads("observe", RoleThreads.CONSUMER).newThread(this::poll);
    }

    private void poll() {
        try {
            polling.run(endPolls, Long.MAX_VALUE);
        } catch (IOException | RuntimeException e) {
            polledBadly.set(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // interrupted only to end it
        }
    }

    /**
     * Polls until a first poll has been read, then opens the receiver.
     *
     * @return whether both are open; not when an end was requested before
     * @throws IOException when the endpoint cannot be polled, or the receiver cannot be opened
     */
    public boolean open(Interruption interruption, Opening opening) throws IOException, InterruptedException {
        poller.start();
        while (!pairing.backlogRead()) {
            if (interruption.await(TimeUnit.MILLISECONDS.toNanos(1))) {
                return false;
            }
            if (!poller.isAlive() && !pairing.backlogRead()) {
                throw why();
            }
        }
        receiving = opening.open(pairing.pushes());
        pairing.ready(clock.nanoTime());
        return true;
    }

    private IOException why() {
        return polledBadly.get() instanceof IOException known
                ? known
                : new IOException("the poller ended", polledBadly.get());
    }

    /** Goes on until an end is requested or a time is over. */
    public void run(Interruption interruption, long mostNanos, Watch watch) throws InterruptedException {
        long began = clock.nanoTime();
        while (!interruption.requested() && clock.nanoTime() - began < mostNanos) {
            receiving.await(interruption, Math.min(LOOK_NANOS, mostNanos), Long.MAX_VALUE);
            watch.look(clock.nanoTime());
        }
    }

    /** Ends both; what the receiver had acknowledged is still counted. */
    public void stop() throws InterruptedException {
        endPolls.request();
        if (receiving != null) {
            receiving.stop(DRAIN_NANOS);
        }
        poller.join();
        pairing.end(clock.nanoTime());
    }

    @Override
    public void close() {
        endPolls.request();
        if (receiving != null) {
            receiving.close();
        }
    }
}
