package dev.pushpull.schedule;

/**
 * How often one consumer may ask a provider: so many requests in each window of time, counted from the first request in
 * it. Pure: the state is {@link Window}.
 *
 * @param requests 0 for no limit
 * @param windowNanos above 0 when there is a limit
 */
public record RequestQuota(long requests, long windowNanos) {
    /** As often as it likes. */
    public static final RequestQuota NONE = new RequestQuota(0, 0);

    /** What one consumer has used. Not thread-safe. */
    public static final class Window {
        private long startNanos;
        private long used;
    }

    /** Whether there is a limit. */
    public boolean limits() {
        return requests > 0;
    }

    /**
     * Counts a request that is answered.
     *
     * @return 0 when it is within the quota, else how long until the window ends, in nanoseconds
     */
    public long waitNanos(Window window, long nowNanos) {
        if (!limits()) {
            return 0;
        }
        if (window.used == 0 || nowNanos - window.startNanos >= windowNanos) {
            window.startNanos = nowNanos;
            window.used = 0;
        }
        if (window.used < requests) {
            window.used++;
            return 0;
        }
        return window.startNanos + windowNanos - nowNanos;
    }
}
