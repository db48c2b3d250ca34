package dev.pushpull.provider;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who wants which events. Lookup by stream costs as much as the subscriptions it finds. */
final class Subscriptions {
    private final Map<String, Subscription> byId = new ConcurrentSkipListMap<>();
    private final Map<String, List<Subscription>> byStream = new ConcurrentHashMap<>();
    private final List<Subscription> ofAllStreams = new CopyOnWriteArrayList<>();

    void add(Subscription subscription) {
        byId.put(subscription.id(), subscription);
        alike(subscription).add(subscription);
    }

    /** Ends and forgets a subscription; empty when there is none of that id. */
    Optional<Subscription> remove(String id) {
        Subscription subscription = byId.remove(id);
        if (subscription != null) {
            subscription.end();
            alike(subscription).remove(subscription);
        }
        return Optional.ofNullable(subscription);
    }

    Optional<Subscription> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<Subscription> all() {
        return byId.values();
    }

    /** Those that want the events of a stream by name, and those that want all. */
    List<List<Subscription>> of(String stream) {
        return List.of(byStream.getOrDefault(stream, List.of()), ofAllStreams);
    }

    private List<Subscription> alike(Subscription subscription) {
        return subscription.stream()
                .map(stream -> byStream.computeIfAbsent(stream, key -> new CopyOnWriteArrayList<>()))
                .orElse(ofAllStreams);
    }
}
