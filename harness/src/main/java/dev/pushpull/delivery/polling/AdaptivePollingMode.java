package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.Behind;
import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.delivery.Waits;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code adaptive-polling}: polls less and less often while nothing comes, and often again once something has come. */
public final class AdaptivePollingMode implements DeliveryMode {
    private static final String NAME = "adaptive-polling";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> leavesOut(Scenario scenario) {
        return Behind.shortExchanges(scenario);
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
    public List<Choice> choices() {
        return AdaptiveOptions.CHOICES;
    }

    @Override
    public void check(Scenario scenario) {
        AdaptiveOptions.check(scenario);
    }

    @Override
    public Live live() {
        return new OverHttp();
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> AdaptivePollingVirtual.in(scenario, seeds);
    }

    @Override
    public Theory theory() {
        return scenario -> Optional.of(AdaptivePollingTheory.predict(scenario));
    }

    /** Over real HTTP. */
    private static final class OverHttp implements Live {
        /** At the hurried interval, whatever its own range. */
        @Override
        public Scenario hurried(Scenario asked, Scenario rehearsal) {
            Map<String, String> options = new HashMap<>(rehearsal.modeOptions());
            AdaptiveOptions.ALL.forEach(option -> options.remove(option.flag()));
            return rehearsal.withModeOptions(options);
        }

        @Override
        public Scenario.Network legs(Recording rehearsal) {
            return Poller.legs(rehearsal);
        }

        @Override
        public LiveDemand demand(Scenario scenario) {
            return LiveDemand.ofPolls(scenario);
        }

        @Override
        public Waits waits(Scenario scenario) {
            return new Waits(AdaptiveOptions.LEAST.in(scenario), AdaptiveOptions.MOST.in(scenario));
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            PollManner manner = PollManner.plain(AdaptiveOptions.schedule(scenario));
            return new Poller(NAME, provider, scenario, manner, recorder, NanoClock.SYSTEM);
        }
    }
}
