package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Waits;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.PollGrid;
import dev.pushpull.virtual.WireModel;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** {@code polling}: asks for new events at a fixed interval, whatever the answers bring. */
public final class PollingMode implements DeliveryMode {
    @Override
    public String name() {
        return "polling";
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
    public void check(Scenario scenario) {
        Quantity.checkWithinRun(
                "--interval", scenario.polling().intervalNanos(), scenario.run().durationNanos());
        PollGrid.check("--interval", scenario.polling().intervalNanos(), scenario.wire());
    }

    @Override
    public LiveDemand demand(Scenario scenario) {
        return LiveDemand.ofPolls(scenario);
    }

    @Override
    public Waits waits(Scenario scenario) {
        return Waits.of(scenario.polling().intervalNanos());
    }

    @Override
    public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
        FixedPollSchedule schedule = new FixedPollSchedule(
                scenario.polling().intervalNanos(), scenario.polling().phase());
        return new Poller(name(), provider, scenario, PollManner.plain(schedule), recorder, NanoClock.SYSTEM);
    }

    @Override
    public Outcome simulate(Scenario scenario, ArrivalStreams events, Seeds seeds) {
        return FixedPollingVirtual.simulate(name(), WireModel.polling(scenario), scenario, events, seeds);
    }

    @Override
    public Optional<Prediction> predict(Scenario scenario) {
        return Optional.of(FixedPollingTheory.predict(scenario));
    }
}
