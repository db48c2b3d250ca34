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
    private static final String ALL_STREAMS = "";

    private final Map<String, Subscription> byId = new ConcurrentSkipListMap<>();
    private final Map<String, List<Subscription>> byStream = new ConcurrentHashMap<>();

    void add(Subscription subscription) {
        byId.put(subscription.id(), subscription);
        byStream.computeIfAbsent(subscription.stream().orElse(ALL_STREAMS), key -> new CopyOnWriteArrayList<>())
                .add(subscription);
    }

    /** Ends and forgets a subscription; empty when there is none of that id. */
    Optional<Subscription> remove(String id) {
        Subscription subscription = byId.remove(id);
        if (subscription != null) {
            subscription.end();
            byStream.get(subscription.stream().orElse(ALL_STREAMS)).remove(subscription);
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
        return List.of(byStream.getOrDefault(stream, List.of()), byStream.getOrDefault(ALL_STREAMS, List.of()));
    }
}
