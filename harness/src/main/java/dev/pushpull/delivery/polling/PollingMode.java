package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.Behind;
import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.virtual.PollGrid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code polling}: polls for new events at a fixed interval, whatever the answers bring. */
public final class PollingMode implements DeliveryMode {
    @Override
    public String name() {
        return "polling";
    }

    @Override
    public Optional<String> leavesOut(Scenario scenario) {
        return Behind.shortExchanges(scenario);
    }

    @Override
    public ModeTraits traits() {
        return new ModeTraits(
                Begins.CONSUMER,
                Set.of(Trait.CLOCKED, Trait.INDEPENDENT_POLLS, Trait.CLAIMED),
                "polling",
                false,
                "Each consumer asks for new events at a fixed interval.",
                0);
    }

    @Override
    public List<Choice> choices() {
        return PollChoices.FIXED;
    }

    @Override
    public void check(Scenario scenario) {
        Quantity.checkWithinRun(
                "--interval", scenario.polling().intervalNanos(), scenario.run().durationNanos());
        PollGrid.check("--interval", scenario.polling().intervalNanos(), scenario.wire());
    }

    @Override
    public Live live() {
        return new FixedPollingLive(name(), false);
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) ->
                FixedPollingVirtual.in(name(), SurfaceBytes.polls(scenario), scenario, seeds);
    }

    @Override
    public Theory theory() {
        return scenario -> Optional.of(FixedPollingTheory.predict(scenario));
    }
}
