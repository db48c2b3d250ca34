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

/**
 * {@code conditional-polling}: as {@code polling}, but each poll says what the consumer holds (RFC 9110, If-None-Match),
 * so that the answer to a poll in vain is a bare 304.
 */
public final class ConditionalPollingMode implements DeliveryMode {
    @Override
    public String name() {
        return "conditional-polling";
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
        PollManner manner = new PollManner(schedule, true, 0, Recorder.Via.POLL);
        return new Poller(name(), provider, scenario, manner, recorder, NanoClock.SYSTEM);
    }

    @Override
    public Outcome simulate(Scenario scenario, ArrivalStreams events, Seeds seeds) {
        return FixedPollingVirtual.simulate(name(), WireModel.conditionalPolling(scenario), scenario, events, seeds);
    }

    @Override
    public Optional<Prediction> predict(Scenario scenario) {
        return Optional.of(FixedPollingTheory.predictConditional(scenario));
    }
}
