package dev.pushpull.delivery.webhook;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualTime;

/** Opens this room's virtual time to tests that check all rooms. */
public final class VirtualWebhooks {
    private VirtualWebhooks() {}

    public static VirtualTime.Consumers pushed(Scenario scenario, Seeds seeds) {
        return WebhookVirtual.consumers(scenario, seeds);
    }
}
