package dev.pushpull.delivery.hybrid;

import dev.pushpull.delivery.Companion;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Reconciling;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Scenario;

/** {@code --reconcile}: it goes along with any mode that pushes. */
public final class ReconcilingPolls implements Companion {
    @Override
    public ModeOption<?> option() {
        return Reconciling.INTERVAL;
    }

    /** A mode that has the flag itself needs no other poll. */
    @Override
    public boolean suits(DeliveryMode mode) {
        return mode.traits().pushes()
                && mode.options().stream().noneMatch(option -> option.flag().equals(Reconciling.INTERVAL.flag()));
    }

    /** Where webhooks with polls run under their own name, the others are meant to be without. */
    @Override
    public DeliveryMode with(DeliveryMode mode, Scenario scenario) {
        boolean named = mode.getClass() == HybridMode.WITHOUT_POLLS
                && scenario.run().modes().contains(HybridMode.NAME);
        return Reconciling.asked(scenario) && !named ? new Reconciled(mode, Reconciling.INTERVAL) : mode;
    }
}
