package dev.pushpull.host;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request, by whoever started a run, to end it now with what was measured so far. */
public final class Interruption {
    private final CountDownLatch requested = new CountDownLatch(1);

    /** Requests that the run end soon. */
    public void request() {
        requested.countDown();
    }

    public boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits at most this long; true when an end was requested. */
    public boolean await(long mostNanos) throws InterruptedException {
        return requested.await(mostNanos, TimeUnit.NANOSECONDS);
    }
}
