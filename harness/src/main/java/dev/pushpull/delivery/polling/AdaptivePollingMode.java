package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Waits;
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
import dev.pushpull.schedule.Seeds;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code adaptive-polling}: asks less and less often while nothing comes, and often again once something has come. */
public final class AdaptivePollingMode implements DeliveryMode {
    @Override
    public String name() {
        return "adaptive-polling";
    }

    @Override
    public ModeTraits traits() {
        return new ModeTraits(
                Begins.CONSUMER,
                Set.of(Trait.CLOCKED),
                "adaptive polling",
                false,
                "Each consumer asks less and less often while nothing comes, and often again once something has.",
                3);
    }

    @Override
    public List<ModeOption<?>> options() {
        return AdaptiveOptions.ALL;
    }

    @Override
    public void check(Scenario scenario) {
        AdaptiveOptions.check(scenario);
    }

    /** At the hurried interval of the pace, whatever its own range. */
    @Override
    public Scenario paced(Scenario scenario) {
        return scenario.paced().withModeOptions(Map.of());
    }

    @Override
    public LiveDemand demand(Scenario scenario) {
        return LiveDemand.ofPolls(scenario);
    }

    @Override
    public Waits waits(Scenario scenario) {
        return new Waits(
                AdaptiveOptions.LEAST.in(scenario),
                AdaptiveOptions.MOST.in(scenario),
                AdaptiveOptions.MOST.in(scenario));
    }

    @Override
    public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
        PollManner manner = PollManner.plain(AdaptiveOptions.schedule(scenario));
        return new Poller(name(), provider, scenario, manner, recorder, NanoClock.SYSTEM);
    }

    @Override
    public Outcome simulate(Scenario scenario, ArrivalStreams events, Seeds seeds) {
        return AdaptivePollingVirtual.simulate(scenario, events, seeds);
    }

    @Override
    public Optional<Prediction> predict(Scenario scenario) {
        return Optional.of(AdaptivePollingTheory.predict(scenario));
    }
}
