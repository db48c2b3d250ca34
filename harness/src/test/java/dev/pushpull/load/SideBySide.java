package dev.pushpull.load;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The same trial for each of many kinds, several at once, so that a suite takes little longer than its slowest trial.
 */
final class SideBySide<K> implements AutoCloseable {
    private static final int AT_ONCE = 6;
    private static final long PATIENCE_SECONDS = 120;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final Map<K, Future<?>> trials = new LinkedHashMap<>();

    /** The trial of one kind; a failing assertion belongs to that kind. */
    interface Trial<K> {
        void of(K kind) throws Exception;
    }

    SideBySide(Collection<K> kinds, Trial<K> trial) {
        for (K kind : kinds) {
            trials.put(kind, threads.submit(() -> {
                trial.of(kind);
                return null;
            }));
        }
    }

    /** Waits until the trial of a kind is over, and fails if it did. */
    void assertPassed(K kind) throws InterruptedException {
        try {
            trials.get(kind).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(kind + ": the trial did not end", e);
        } catch (ExecutionException e) {
            throw new AssertionError(kind + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
