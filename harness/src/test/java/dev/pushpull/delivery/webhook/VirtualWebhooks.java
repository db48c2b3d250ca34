package dev.pushpull.delivery.webhook;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualSender;
import dev.pushpull.virtual.VirtualTime;

/** Opens this room's virtual time to tests that check all rooms. */
public final class VirtualWebhooks {
    private VirtualWebhooks() {}

    public static VirtualTime.Consumers pushed(Scenario scenario, Seeds seeds) {
        return WebhookVirtual.consumers(scenario, seeds, null);
    }

    /** The same by a sender with slots. */
    public static VirtualTime.Consumers pushedThroughSlots(Scenario scenario, Seeds seeds) {
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        VirtualSender sender = VirtualSender.ofEvents(
                scenario, events, seeds, scenario.polling().intervalNanos());
        return WebhookVirtual.consumers(scenario, seeds, sender);
    }
}
