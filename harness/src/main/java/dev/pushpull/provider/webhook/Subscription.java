package dev.pushpull.provider.webhook;

import dev.pushpull.signing.SignatureScheme;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;

/** One endpoint that wants events, and the log of attempts to send to it. */
final class Subscription {
    private static final int LOGGED_ATTEMPTS = 200;

    private final String id;
    private final String url;
    private final HttpUrl httpUrl;
    private final SignatureScheme scheme;
    private final String stream;
    private final String secret;
    private final Deque<LoggedAttempt> attempts = new ArrayDeque<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long pausedUntilNanos;
    private volatile boolean paused;
    private volatile boolean active = true;

    /** @param stream null for all streams */
    Subscription(String id, String url, SignatureScheme scheme, String stream, String secret) {
        this.id = id;
        this.url = url;
        this.httpUrl = HttpUrl.get(url);
        this.scheme = scheme;
        this.stream = stream;
        this.secret = secret;
    }

    /**
     * One attempt, for the delivery log.
     *
     * @param id of the delivery, shared by all its attempts
     * @param position the event's place among all events; the log keeps no event
     * @param status 0 without a response
     */
    record LoggedAttempt(
            String id,
            long position,
            String eventId,
            int attempt,
            long startedAtEpochNanos,
            double durationMillis,
            int status,
            String error) {}

    String id() {
        return id;
    }

    String url() {
        return url;
    }

    /** Where a body is sent: the URL, parsed once, unless the scheme adds something to its query. */
    HttpUrl target(byte[] body) {
        String target = scheme.target(url, body);
        return target.equals(url) ? httpUrl : HttpUrl.get(target);
    }

    SignatureScheme scheme() {
        return scheme;
    }

    Optional<String> stream() {
        return Optional.ofNullable(stream);
    }

    String secret() {
        return secret;
    }

    boolean active() {
        return active;
    }

    void end() {
        active = false;
    }

    /** Counts a failed attempt; returns how many have failed since the last success. */
    int failed() {
        return failures.incrementAndGet();
    }

    void succeeded() {
        failures.set(0);
    }

    /** Nothing is sent until then; {@link Long#MAX_VALUE} means for good and cannot be changed later. */
    synchronized void pauseUntil(long nanos) {
        if (!pausedForGood()) {
            pausedUntilNanos = nanos;
            paused = true;
        }
    }

    boolean pausedForGood() {
        return paused && pausedUntilNanos == Long.MAX_VALUE;
    }

    boolean pausedAt(long nowNanos) {
        return pausedForGood() || paused && nowNanos - pausedUntilNanos < 0;
    }

    void log(LoggedAttempt attempt) {
        synchronized (attempts) {
            if (attempts.size() == LOGGED_ATTEMPTS) {
                attempts.removeFirst();
            }
            attempts.addLast(attempt);
        }
    }

    /** The newest attempts, oldest first. */
    List<LoggedAttempt> attempts() {
        synchronized (attempts) {
            return new ArrayList<>(attempts);
        }
    }
}
