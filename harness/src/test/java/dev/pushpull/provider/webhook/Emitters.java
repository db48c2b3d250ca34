package dev.pushpull.provider.webhook;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import java.time.Clock;
import java.util.Set;

/** An emitter without a server, for tests that look inside it; nothing of it outlives a test. */
final class Emitters implements AutoCloseable {
    static final long MOST_BYTES = 1L << 30;

    final OpenDeliveries open;
    final WebhookEmitter emitter;
    private final EventLog log = new EventLog(1);

    Emitters(
            Scenario.Webhooks webhooks, OpenDeliveries open, Outbox outbox, Clock wallClock, AttemptListener listener) {
        this.open = open;
        this.emitter = new WebhookEmitter(
                new ProviderSettings("127.0.0.1", 0, 1, webhooks, 1, Set.of()),
                outbox,
                new CallbackHosts(Set.of()),
                new RoleThreads("test", RoleThreads.PROVIDER),
                NanoClock.SYSTEM,
                wallClock,
                open,
                listener);
    }

    Emitters(Scenario.Webhooks webhooks) {
        this(webhooks, new OpenDeliveries(MOST_BYTES, 100), Outbox.inMemory(), Clock.systemUTC(), AttemptListener.NONE);
    }

    /** One that holds at most this many bytes of what waits. */
    static Emitters holding(long mostBytes, Scenario.Webhooks webhooks) {
        return new Emitters(
                webhooks,
                new OpenDeliveries(mostBytes, 100),
                Outbox.inMemory(),
                Clock.systemUTC(),
                AttemptListener.NONE);
    }

    static Subscription subscription(String id, String url) {
        return new Subscription(id, url, SignatureSchemes.DEFAULT, null, SignatureSchemes.DEFAULT.newSecret());
    }

    /** An event that the log forgets as soon as there is another. */
    StoredEvent event(String data) {
        return log.append(new EventDraft("evt", "a", "test.event", 0, data));
    }

    /** Sends an event; returns its delivery. */
    Delivery send(Subscription subscription, String data) {
        Delivery delivery = emitter.prepare(subscription, event(data));
        emitter.begin(delivery, NanoClock.SYSTEM.nanoTime());
        return delivery;
    }

    @Override
    public void close() {
        emitter.close();
    }
}
