package dev.pushpull.experiment.run;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Unfinished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        boolean asked =
                traits.asks() && (!traits.sends() || books.record().exchanges().mayBeEmpty() > 0);
        Map<String, Long> missed = new TreeMap<>();
        books.missing().forEach((consumer, sequences) -> {
            long last = books.lastSequences().getOrDefault(scenario.events().streamOf(consumer), 0L);
            long oldestKept = last - scenario.events().retention() + 1;
            long passed = consumers.passed().getOrDefault(consumer, 0L);
            Set<Long> passedOver = Set.copyOf(consumers.passedOver().getOrDefault(consumer, List.of()));
            for (long sequence : sequences) {
                if (passedOver.contains(sequence)) { // whatever else may have happened to it
                    missed.merge(MissReason.PASSED_OVER.text(), 1L, Long::sum);
                    continue;
                }
                List<String> why = new ArrayList<>();
                if (traits.sends()) {
                    why.add(reasons.getOrDefault(new Key(consumer, sequence), MissReason.NOT_PROCESSED.text()));
                }
                if (asked) {
                    why.add(unasked(sequence, passed, oldestKept).text());
                }
                missed.merge(MissReason.all(why), 1L, Long::sum);
            }
        });
        return missed;
    }

    /** Why a consumer that asks did not get it. */
    private static MissReason unasked(long sequence, long passed, long oldestKept) {
        return sequence <= passed
                ? MissReason.LOST_IN_GAP
                : sequence < oldestKept ? MissReason.DROPPED_BY_RETENTION : MissReason.NOT_FETCHED;
    }
}
