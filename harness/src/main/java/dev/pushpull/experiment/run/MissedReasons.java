package dev.pushpull.experiment.run;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.ConsumerBooks.GivenUp;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Unfinished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Why deliveries did not arrive. */
final class MissedReasons {
    private MissedReasons() {}

    private record Key(int consumer, long sequence) {}

    /**
     * How many did not arrive, by reason. The provider knows why where it sends; its log knows why where consumers
     * poll; and consumers know what they passed over.
     */
    static Map<String, Long> of(TrialBooks books, Scenario scenario, ModeTraits traits) {
        ProviderBooks provider = books.provider();
        ConsumerBooks consumers = books.consumers();
        Map<Key, String> reasons = new HashMap<>();
        for (Unfinished unfinished : provider.unfinished()) {
            int consumer = consumers.endpoints().getOrDefault(unfinished.url(), -1);
            reasons.put(new Key(consumer, unfinished.sequence()), unfinished.reason());
        }
        boolean polls = books.record().exchanges().mayBeEmpty() > 0;
        boolean asked = traits.asks() && (!traits.sends() || polls);
        Map<String, Long> missed = new TreeMap<>();
        books.missing().forEach((consumer, sequences) -> {
            long last = books.lastSequences().getOrDefault(scenario.events().streamOf(consumer), 0L);
            long oldestKept = last - scenario.events().retention() + 1;
            List<GivenUp> givenUp = consumers.givenUp().stream()
                    .filter(events -> events.consumer() == consumer)
                    .toList();
            for (long sequence : sequences) {
                List<String> why = new ArrayList<>();
                givenUp.stream()
                        .filter(events -> events.after() < sequence && sequence <= events.upTo())
                        .findFirst()
                        .ifPresent(events -> why.add(events.reason().text()));
                boolean alone = !why.isEmpty() && (traits.sends() || !polls); // whatever else may have happened to it
                if (traits.sends() && !alone) {
                    why.add(reasons.getOrDefault(new Key(consumer, sequence), MissReason.NOT_PROCESSED.text()));
                }
                if (asked && !alone) {
                    MissReason unasked =
                            sequence < oldestKept ? MissReason.DROPPED_BY_RETENTION : MissReason.NOT_FETCHED;
                    why.add(unasked.text());
                }
                missed.merge(MissReason.all(why), 1L, Long::sum);
            }
        });
        return missed;
    }
}
