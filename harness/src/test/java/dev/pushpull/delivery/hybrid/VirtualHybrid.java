package dev.pushpull.delivery.hybrid;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualTime;

/** Opens this room's virtual time to tests that check all rooms. */
public final class VirtualHybrid {
    private VirtualHybrid() {}

    public static VirtualTime.Consumers both(Scenario scenario, Seeds seeds) {
        return new HybridMode().virtual().in(scenario, null, seeds).consumers();
    }
}
