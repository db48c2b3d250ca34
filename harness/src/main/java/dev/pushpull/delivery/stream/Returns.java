package dev.pushpull.delivery.stream;

import dev.pushpull.schedule.DownTimes;

/**
 * When a consumer opens its connections, from the start of the run: as it was told, or right after an outage. It may
 * have two of them for a while, each with a thread.
 */
final class Returns {
    private final DownTimes down;

    Returns(DownTimes down) {
        this.down = down;
    }

    /** When it is up for the first time. */
    synchronized long first() {
        return down.isDown(0) ? down.endNanos(0) : 0;
    }

    synchronized boolean isDown(long nanos) {
        return down.isDown(nanos);
    }

    /**
     * When it opens the next one.
     *
     * @param openedNanos when it opened the one before
     * @param endedNanos when that ended
     * @param waitNanos what it was told to wait then
     */
    synchronized long next(long openedNanos, long endedNanos, long waitNanos) {
        boolean wentDown = down.startNanos(openedNanos) <= endedNanos;
        long returns = wentDown ? down.endNanos(openedNanos) : endedNanos + waitNanos;
        return down.isDown(returns) ? down.endNanos(returns) : returns;
    }
}
