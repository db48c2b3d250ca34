package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.Behind;
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
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** {@code webhook}: the provider sends each event when it occurs, signed, to the consumer's endpoint. */
public final class WebhookMode implements DeliveryMode {
    private static final String NAME = "webhook";

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
                Begins.PROVIDER,
                Set.of(Trait.LISTENS, Trait.CLAIMED),
                "webhooks",
                true,
                "The provider sends each event when it occurs, to an endpoint at the consumer.",
                1);
    }

    @Override
    public Live live() {
        return new OverHttp();
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> WebhookVirtual.simulate(NAME, scenario, events, seeds);
    }

    @Override
    public Theory theory() {
        return new Theory() {
            @Override
            public Optional<Prediction> predict(Scenario scenario) {
                return Optional.of(WebhookTheory.predict(scenario));
            }

            @Override
            public Optional<Prediction> predictWithConstantLegs(Scenario scenario) {
                return Optional.of(WebhookTheory.predict(scenario, true));
            }
        };
    }

    /** Over real HTTP. */
    private static final class OverHttp implements Live {
        @Override
        public Scenario.Network legs(Recording rehearsal) {
            return Scenario.Network.learned(Leg.WEBHOOK, rehearsal.latency());
        }

        @Override
        public LiveDemand demand(Scenario scenario) {
            return LiveDemand.ofWebhooks(scenario);
        }

        /** It waits for no clock; it is given the time that polls have, so that modes side by side end alike. */
        @Override
        public Waits waits(Scenario scenario) {
            return Waits.of(scenario.polling().intervalNanos());
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            return WebhookConsumers.subscribe(NAME, provider, scenario, recorder, NanoClock.SYSTEM);
        }
    }
}
