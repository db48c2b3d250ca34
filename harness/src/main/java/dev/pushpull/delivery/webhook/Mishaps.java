package dev.pushpull.delivery.webhook;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.AttemptFaults;
import dev.pushpull.schedule.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What goes wrong by chance with genuine webhooks at a receiver. Thread-safe. */
final class Mishaps {
    /** Nothing does. */
    static final Mishaps NONE = new Mishaps(new AttemptFaults(new Seeds(0), 0, 0), Optional.empty());

    private final AttemptFaults faults;
    private final Optional<WebhookTaker> taker;

    /** How often a webhook that is not acknowledged has arrived. */
    private final Map<Key, Integer> times = new HashMap<>();

    private record Key(int consumer, String deliveryId) {}

    /** What happens to a webhook. */
    enum Mishap {
        NONE,
        /** It is not taken. */
        FAILS,
        /** It is taken, but answered as if it were not. */
        TAKEN_IN_VAIN
    }

    private Mishaps(AttemptFaults faults, Optional<WebhookTaker> taker) {
        this.faults = faults;
        this.taker = taker;
    }

    /** @param taker knows what a webhook is about */
    static Mishaps of(Scenario scenario, WebhookTaker taker) {
        Scenario.Faults faults = scenario.faults();
        AttemptFaults chance =
                new AttemptFaults(new Seeds(scenario.run().seed()), faults.failureRate(), faults.duplicateRate());
        return chance.never() ? NONE : new Mishaps(chance, Optional.of(taker));
    }

    /** What happens to one that has arrived. */
    Mishap next(int consumer, String deliveryId, byte[] body) {
        if (faults.never()) {
            return Mishap.NONE;
        }
        Optional<WebhookTaker.Extent> extent = taker.flatMap(knows -> knows.extent(body));
        if (extent.isEmpty()) {
            return Mishap.NONE;
        }
        Key key = new Key(consumer, deliveryId);
        long first = extent.get().first();
        int events = extent.get().events();
        synchronized (times) {
            int time = times.merge(key, 1, Integer::sum);
            if (faults.fails(consumer, first, events, time)) {
                return Mishap.FAILS;
            }
            if (faults.repeats(consumer, first, events, time)) {
                return Mishap.TAKEN_IN_VAIN;
            }
            times.remove(key);
            return Mishap.NONE;
        }
    }
}
