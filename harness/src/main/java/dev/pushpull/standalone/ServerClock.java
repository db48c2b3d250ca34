package dev.pushpull.standalone;

import java.util.Date;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;

/**
 * How far a server's clock is ahead of this host's, as its {@code Date} headers tell. Such a header has whole seconds, so
 * that one exchange bounds it to a second and the time that the exchange took; each further one may cut the bound. Where
 * an exchange contradicts those before, because a clock was set or drifts, it begins anew. Thread-safe.
 */
public final class ServerClock {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long MOST_APART_MILLIS = TimeUnit.DAYS.toMillis(3_650);

    private long leastNanos = Long.MIN_VALUE;
    private long mostNanos = Long.MAX_VALUE;
    private long exchanges;
    private long contradictions;

    ServerClock() {}

    /**
     * The server's clock less this host's is in this range, by the headers alone: a second coarse, and only as true as
     * the server writes them.
     *
     * @param exchanges that tell so
     * @param contradictions how often an exchange contradicted those before it, so that they were forgotten
     */
    public record Offset(long leastNanos, long mostNanos, long exchanges, long contradictions) {}

    /**
     * An answer's head was read. One that a cache kept for a while tells nothing.
     *
     * @param sentEpochNanos by this host's clock, before its request was sent
     * @param readEpochNanos by this host's clock, after it was read
     */
    synchronized void heard(Headers headers, long sentEpochNanos, long readEpochNanos) {
        Date date = headers.getDate("Date");
        String age = headers.get("Age");
        if (date == null || age != null && !age.strip().matches("0+")) {
            return;
        }
        long apartMillis = date.getTime() - TimeUnit.NANOSECONDS.toMillis(readEpochNanos);
        if (Math.abs(apartMillis) > MOST_APART_MILLIS) {
            return; // no clock at all, and its nanoseconds may not fit
        }
        long dateNanos = TimeUnit.MILLISECONDS.toNanos(date.getTime());
        long least = dateNanos - readEpochNanos;
        long most = dateNanos + SECOND_NANOS - sentEpochNanos;
        if (Math.max(least, leastNanos) > Math.min(most, mostNanos)) {
            contradictions++;
            exchanges = 0;
            leastNanos = least;
            mostNanos = most;
        }
        leastNanos = Math.max(least, leastNanos);
        mostNanos = Math.min(most, mostNanos);
        exchanges++;
    }

    /** Empty while no header has told. */
    public synchronized Optional<Offset> offset() {
        return exchanges == 0
                ? Optional.empty()
                : Optional.of(new Offset(leastNanos, mostNanos, exchanges, contradictions));
    }
}
