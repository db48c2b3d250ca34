package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Scenario;
import java.util.List;

/**
 * What a {@link TrialGroup} should run.
 *
 * @param plan its events
 * @param followed keep a journal of this many consumers, the first ones
 */
public record TrialSetup(Scenario scenario, EventPlan plan, List<DeliveryMode> modes, int followed) {}
