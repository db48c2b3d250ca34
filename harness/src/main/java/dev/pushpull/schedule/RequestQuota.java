package dev.pushpull.schedule;

/**
 * How often one consumer may poll a provider: this many requests in each window of time, which starts with its first
 * request. Pure: the state is in {@link Window}.
 *
 * @param requests 0 for no limit
 * @param windowNanos above 0 when there is a limit
 */
public record RequestQuota(long requests, long windowNanos) {
    /** Without a limit. */
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
     * Counts an answered request.
     *
     * @return 0 when it is within the quota, otherwise how long until the window ends, in nanoseconds
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

    /** The wait as {@code Retry-After} tells it: in whole seconds, never too short. */
    public static long retryAfterNanos(long waitNanos) {
        return (Math.floorDiv(waitNanos - 1, 1_000_000_000L) + 1) * 1_000_000_000L;
    }
}
