package dev.pushpull.delivery.batched;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualTime;

/** Opens this room's virtual time to tests that check all rooms. */
public final class VirtualBatchedWebhooks {
    private VirtualBatchedWebhooks() {}

    public static VirtualTime.Consumers gathered(Scenario scenario, Seeds seeds) {
        return BatchedVirtual.consumers(scenario, seeds);
    }
}
