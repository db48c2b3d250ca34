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

/**
 * {@code conditional-polling}: as {@code polling}, but each poll says what the consumer holds (RFC 9110,
 * If-None-Match), so that a poll that finds nothing is answered with a bare 304.
 */
public final class ConditionalPollingMode implements DeliveryMode {
    @Override
    public String name() {
        return "conditional-polling";
    }

    @Override
    public Optional<String> leavesOut(Scenario scenario) {
        return Behind.shortExchanges(scenario);
    }

    @Override
    public ModeTraits traits() {
        return new ModeTraits(
                Begins.CONSUMER,
                Set.of(Trait.CLOCKED, Trait.INDEPENDENT_POLLS, Trait.BARE_WHEN_EMPTY),
                "conditional polling",
                false,
                "Each poll says what the consumer holds; when there is nothing new, the answer is a bare 304.",
                2);
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
        return new FixedPollingLive(name(), true);
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) ->
                FixedPollingVirtual.in(name(), SurfaceBytes.conditionalPolls(scenario), scenario, seeds);
    }

    @Override
    public Theory theory() {
        return scenario -> Optional.of(FixedPollingTheory.predictConditional(scenario));
    }
}
