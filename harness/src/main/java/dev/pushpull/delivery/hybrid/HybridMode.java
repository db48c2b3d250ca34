package dev.pushpull.delivery.hybrid;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.Reconciling;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.delivery.webhook.WebhookMode;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code hybrid}: webhooks, and a slow poll by each consumer that finds those that were lost. */
public final class HybridMode implements DeliveryMode {
    static final String NAME = "hybrid";

    /** What it is without its polls. */
    static final Class<? extends DeliveryMode> WITHOUT_POLLS = WebhookMode.class;

    private static final long MINUTE_NANOS = 60_000_000_000L;

    static final ModeOption<Long> RECONCILE = new ModeOption<>(
            Reconciling.INTERVAL.flag(),
            Reconciling.INTERVAL.label(),
            Reconciling.INTERVAL.description(),
            Reconciling.INTERVAL.parser(),
            scenario -> Math.max(1, Math.min(MINUTE_NANOS, scenario.run().durationNanos() / 3)));

    private final Reconciled reconciled = new Reconciled(new WebhookMode(NAME), RECONCILE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> leavesOut(Scenario scenario) {
        return reconciled.leavesOut(scenario);
    }

    @Override
    public ModeTraits traits() {
        return new ModeTraits(
                Begins.BOTH,
                Set.of(Trait.LISTENS),
                "the hybrid",
                false,
                "The provider sends webhooks, and each consumer polls now and then for those that were lost.",
                5);
    }

    @Override
    public List<ModeOption<?>> options() {
        return List.of(RECONCILE);
    }

    @Override
    public List<Choice> choices() {
        return reconciled.choices();
    }

    @Override
    public void check(Scenario scenario) {
        reconciled.check(scenario);
    }

    @Override
    public Live live() {
        return reconciled.live();
    }

    @Override
    public Virtual virtual() {
        return reconciled.virtual();
    }

    @Override
    public Theory theory() {
        return reconciled.theory();
    }
}
