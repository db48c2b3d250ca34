package dev.pushpull.delivery.longpoll;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualTime;

/** Opens this room's virtual time to tests that check all rooms. */
public final class VirtualLongPolling {
    private VirtualLongPolling() {}

    public static VirtualTime.Consumers held(Scenario scenario, Seeds seeds) {
        return LongPollingVirtual.consumers(scenario, seeds);
    }
}
