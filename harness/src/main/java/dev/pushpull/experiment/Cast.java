package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Scenario;
import java.util.List;

/**
 * What a {@link Play} is about.
 *
 * @param plan its events
 * @param followed of the first so many consumers a journal is kept
 */
record Cast(Scenario scenario, EventPlan plan, List<DeliveryMode> modes, int followed) {}
