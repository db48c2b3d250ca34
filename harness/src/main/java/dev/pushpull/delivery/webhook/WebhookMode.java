package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.Behind;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Pushes;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.delivery.Waits;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.surface.Exchanges;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** {@code webhook}: the provider sends each event when it occurs, signed, to the consumer's endpoint. */
public final class WebhookMode implements DeliveryMode {
    private final String name;

    public WebhookMode() {
        this("webhook");
    }

    /** As a part of a mode with another name. */
    public WebhookMode(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
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
        return new OverHttp(name);
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> WebhookVirtual.in(name, scenario, events, seeds);
    }

    @Override
    public Theory theory() {
        return new ClosedForms();
    }

    private static final class ClosedForms implements Theory {
        @Override
        public Optional<Prediction> predict(Scenario scenario) {
            return Optional.of(WebhookTheory.predict(scenario));
        }

        @Override
        public Optional<Prediction> predictWithConstantLegs(Scenario scenario) {
            return Optional.of(WebhookTheory.predict(scenario, true));
        }

        @Override
        public Optional<Pushes> besidePolls(Scenario scenario, double intervalSeconds) {
            return WebhookClosedForms.apply(scenario)
                    ? Optional.of(WebhookTheory.besidePolls(scenario, intervalSeconds))
                    : Optional.empty();
        }
    }

    /** Over real HTTP. */
    private record OverHttp(String name) implements Live {
        @Override
        public Scenario.Network legs(Recording rehearsal) {
            boolean pushed = rehearsal.roundTrip(Exchanges.ATTEMPT).count() > 0; // or else something else brought them
            return Scenario.Network.learned(Leg.WEBHOOK, pushed ? rehearsal.latency() : Distribution.empty());
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
            return WebhookConsumers.subscribe(name, provider, scenario, recorder, NanoClock.SYSTEM);
        }
    }
}
