package dev.pushpull.provider.webhook;

import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The subscriptions of a provider. Looking up a stream costs as much as the subscriptions it finds. */
final class Subscriptions {
    private final Outbox outbox;
    private final Consumer<Subscription> ended;
    private final Map<String, Subscription> byId = new ConcurrentSkipListMap<>();
    private final Map<String, List<Subscription>> byStream = new ConcurrentHashMap<>();
    private final List<Subscription> ofAllStreams = new CopyOnWriteArrayList<>();

    /**
     * @param kept existing subscriptions
     * @param ended called with each subscription that was removed
     */
    Subscriptions(Outbox outbox, List<Outbox.Subscriber> kept, Consumer<Subscription> ended) {
        this.outbox = outbox;
        this.ended = ended;
        for (Outbox.Subscriber known : kept) {
            Subscription subscription = new Subscription(
                    known.id(),
                    known.url(),
                    SignatureSchemes.named(known.scheme())
                            .orElseThrow(() -> new IllegalStateException(
                                    "the outbox holds a subscription of the unknown scheme " + known.scheme())),
                    known.stream().orElse(null),
                    known.secret());
            if (!signs(subscription)) {
                subscription.end();
            }
            enter(subscription);
        }
    }

    /** A subscription kept by an older version, which accepted more secrets, may have one that cannot sign. */
    private static boolean signs(Subscription subscription) {
        try {
            subscription.scheme().checkSecret(subscription.secret());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Completed when the subscription exists and will survive this process, if anything does; exceptionally when it
     * cannot be made.
     */
    CompletableFuture<Void> add(Subscription subscription) {
        return outbox.subscribed(new Outbox.Subscriber(
                        subscription.id(),
                        subscription.url(),
                        subscription.scheme().name(),
                        subscription.stream(),
                        subscription.secret()))
                .thenRun(() -> enter(subscription));
    }

    private void enter(Subscription subscription) {
        byId.put(subscription.id(), subscription);
        alike(subscription).add(subscription);
    }

    /** Ends and removes a subscription for good, completed as {@link #add}; if that fails, the subscription stays. */
    CompletableFuture<Void> remove(Subscription subscription) {
        return outbox.unsubscribed(subscription.id()).thenRun(() -> {
            if (byId.remove(subscription.id()) != null) {
                subscription.end();
                alike(subscription).remove(subscription);
                ended.accept(subscription);
            }
        });
    }

    Optional<Subscription> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<Subscription> all() {
        return byId.values();
    }

    /** Those that want the events of this stream, and those that want all. */
    List<List<Subscription>> of(String stream) {
        return List.of(byStream.getOrDefault(stream, List.of()), ofAllStreams);
    }

    private List<Subscription> alike(Subscription subscription) {
        return subscription.stream()
                .map(stream -> byStream.computeIfAbsent(stream, key -> new CopyOnWriteArrayList<>()))
                .orElse(ofAllStreams);
    }
}
