package dev.pushpull.delivery.batched;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.Seeds.Purpose;

/**
 * Which events the consumers refuse: by chance, but always the same for a seed, so that an event that is sent again is
 * refused again.
 *
 * @param share of all events
 */
record RefusedEvents(Seeds seeds, double share) {
    static RefusedEvents of(Scenario scenario, Seeds seeds) {
        return new RefusedEvents(seeds, BatchedOptions.REFUSED_SHARE.in(scenario));
    }

    boolean refuses(int consumer, long sequence) {
        if (share == 0) {
            return false;
        }
        Seeds own = new Seeds(seeds.derive(Purpose.REFUSED_EVENTS, consumer));
        return (own.derive(Purpose.REFUSED_EVENTS, sequence) >>> 11) * 0x1p-53 < share;
    }
}
