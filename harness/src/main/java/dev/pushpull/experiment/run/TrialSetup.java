package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Scenario;
import java.util.List;

/**
 * What a {@link TrialGroup} is about.
 *
 * @param plan its events
 * @param followed of the first so many consumers a journal is kept
 */
public record TrialSetup(Scenario scenario, EventPlan plan, List<DeliveryMode> modes, int followed) {}
