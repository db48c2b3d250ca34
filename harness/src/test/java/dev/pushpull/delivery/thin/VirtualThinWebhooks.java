package dev.pushpull.delivery.thin;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualTime;

/** Opens this room's virtual time to tests that check all rooms. */
public final class VirtualThinWebhooks {
    private VirtualThinWebhooks() {}

    public static VirtualTime.Consumers notified(Scenario scenario, Seeds seeds) {
        return ThinVirtual.consumers(scenario, seeds, null);
    }
}
