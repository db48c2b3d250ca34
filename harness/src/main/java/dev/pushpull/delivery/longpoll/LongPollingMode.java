package dev.pushpull.delivery.longpoll;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Waits;
import dev.pushpull.delivery.polling.PollManner;
import dev.pushpull.delivery.polling.Poller;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.LongPollSchedule;
import dev.pushpull.schedule.Seeds;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code long-polling}: each poll waits at the provider until there is something, and is followed by the next at once. */
public final class LongPollingMode implements DeliveryMode {
    @Override
    public String name() {
        return "long-polling";
    }

    @Override
    public ModeTraits traits() {
        return new ModeTraits(
                Begins.CONSUMER,
                Set.of(Trait.HOLDS_CONNECTIONS),
                "long polling",
                false,
                "The provider holds each poll until there is something; the next poll follows at once.",
                4);
    }

    @Override
    public List<ModeOption<?>> options() {
        return LongPollingOptions.ALL;
    }

    @Override
    public LiveDemand demand(Scenario scenario) {
        return LiveDemand.ofHeldPolls(scenario);
    }

    /** What an event takes from the provider to its consumer is the leg: the round trip is mostly waiting. */
    @Override
    public Scenario.Network legs(Recorder.Record paced) {
        return new Scenario.Network(paced.latency().medianNanos(), 0);
    }

    /** It waits for no clock; the run's interval bounds the waits after a failure and what is tolerated. */
    @Override
    public Waits waits(Scenario scenario) {
        return Waits.of(scenario.polling().intervalNanos());
    }

    @Override
    public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
        LongPollSchedule schedule = new LongPollSchedule(
                LongPollingOptions.WAIT.in(scenario), scenario.polling().intervalNanos());
        PollManner manner =
                new PollManner(schedule, false, LongPollingOptions.waitSeconds(scenario), Recorder.Via.POLL);
        return new Poller(name(), provider, scenario, manner, recorder, NanoClock.SYSTEM);
    }

    @Override
    public Outcome simulate(Scenario scenario, ArrivalStreams events, Seeds seeds) {
        return LongPollingVirtual.simulate(scenario, events, seeds);
    }

    @Override
    public Optional<Prediction> predict(Scenario scenario) {
        return Optional.of(LongPollingTheory.predict(scenario));
    }
}
