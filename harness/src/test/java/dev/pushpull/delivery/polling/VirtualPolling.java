package dev.pushpull.delivery.polling;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualTime;

/** Opens this room's virtual time to tests that check all rooms. */
public final class VirtualPolling {
    private VirtualPolling() {}

    public static VirtualTime.Consumers fixed(Scenario scenario, Seeds seeds) {
        return FixedPollingVirtual.consumers(scenario, seeds);
    }

    public static VirtualTime.Consumers adaptive(Scenario scenario, Seeds seeds) {
        return AdaptivePollingVirtual.consumers(scenario, seeds);
    }
}
