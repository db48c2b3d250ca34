package dev.pushpull.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections that wait for their next request, by endpoint. Endpoints without one take no memory. Thread-safe.
 *
 * @param <E> endpoints
 * @param <C> connections
 */
final class IdleConnections<E, C> {
    /** No deque is empty; the map guards each one while it works on its key. */
    private final Map<E, Deque<C>> byEndpoint = new ConcurrentHashMap<>();

    void add(E endpoint, C connection) {
        byEndpoint.compute(endpoint, (same, idle) -> {
            Deque<C> all = idle == null ? new ArrayDeque<>() : idle;
            all.addFirst(connection);
            return all;
        });
    }

    /** Takes the connection that was used last, or returns null. */
    C poll(E endpoint) {
        Deque<C> polled = new ArrayDeque<>(1);
        byEndpoint.computeIfPresent(endpoint, (same, idle) -> {
            polled.add(idle.removeFirst());
            return idle.isEmpty() ? null : idle;
        });
        return polled.poll();
    }

    void remove(E endpoint, C connection) {
        byEndpoint.computeIfPresent(endpoint, (same, idle) -> {
            idle.remove(connection);
            return idle.isEmpty() ? null : idle;
        });
    }

    /** The number of endpoints with a connection. */
    int endpoints() {
        return byEndpoint.size();
    }
}
