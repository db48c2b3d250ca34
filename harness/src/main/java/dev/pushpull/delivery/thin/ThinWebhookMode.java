package dev.pushpull.delivery.thin;

import dev.pushpull.delivery.Behind;
import dev.pushpull.delivery.BothConsumers;
import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.delivery.Waits;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.delivery.webhook.WebhookConsumers;
import dev.pushpull.delivery.webhook.WebhookManner;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code thin-webhook}: the provider sends a webhook that only tells of the event, and the consumer reads it. */
public final class ThinWebhookMode implements DeliveryMode {
    private static final String NAME = "thin-webhook";

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
                Begins.BOTH,
                Set.of(Trait.LISTENS),
                "thin webhooks",
                true,
                "The provider sends a webhook that tells of an event; the consumer then reads what is new.",
                7);
    }

    @Override
    public List<ModeOption<?>> options() {
        return ThinOptions.ALL;
    }

    @Override
    public List<Choice> choices() {
        return ThinOptions.CHOICES;
    }

    @Override
    public void check(Scenario scenario) {
        ThinOptions.check(scenario);
    }

    @Override
    public boolean keepsQuotaInVirtualTime() {
        return false;
    }

    @Override
    public Live live() {
        return new OverHttp();
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> ThinVirtual.in(NAME, scenario, events, seeds);
    }

    @Override
    public Theory theory() {
        return new Theory() {
            @Override
            public Optional<Prediction> predict(Scenario scenario) {
                return predict(scenario, false);
            }

            @Override
            public Optional<Prediction> predictWithConstantLegs(Scenario scenario) {
                return predict(scenario, true);
            }

            private Optional<Prediction> predict(Scenario scenario, boolean constantLegs) {
                return WebhookClosedForms.apply(scenario)
                        ? Optional.of(ThinTheory.predict(scenario, constantLegs))
                        : Optional.empty();
            }
        };
    }

    /** Over real HTTP. */
    private static final class OverHttp implements Live {
        @Override
        public ProviderSettings provider(ProviderSettings usual, Scenario scenario) {
            return usual.withBody(Ping::of).withReadLagNanos(ThinOptions.VISIBILITY_LAG.in(scenario));
        }

        /** The waits are known; what must be learned are the legs. */
        @Override
        public Scenario hurried(Scenario asked, Scenario rehearsal) {
            return ThinOptions.withoutWaits(rehearsal);
        }

        /** An event takes a webhook and a read. The way back of a read takes half of it; the rest is the webhook's. */
        @Override
        public Scenario.Network legs(Recording rehearsal) {
            long readNanos = rehearsal.roundTrip(Exchanges.POLL).medianNanos();
            Scenario.Network pushes =
                    Scenario.Network.learned(Leg.WEBHOOK, rehearsal.latency().shortened(readNanos));
            return new Scenario.Network(readNanos / 2, pushes.webhookNanos(), pushes.drawn());
        }

        @Override
        public LiveDemand demand(Scenario scenario) {
            return LiveDemand.ofWebhooks(scenario).plus(LiveDemand.ofReads(scenario));
        }

        /** It waits for no clock; it is given the time that polls have, so that modes side by side end alike. */
        @Override
        public Waits waits(Scenario scenario) {
            long intervalNanos = scenario.polling().intervalNanos();
            return new Waits(
                    intervalNanos, intervalNanos + ThinSettings.of(scenario).longestNanos());
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            Readers readers = new Readers(NAME, provider, scenario, recorder, NanoClock.SYSTEM);
            try {
                return new BothConsumers(
                        WebhookConsumers.subscribe(
                                NAME, provider, scenario, recorder, NanoClock.SYSTEM, WebhookManner.other(readers)),
                        readers);
            } catch (IOException | RuntimeException e) {
                readers.close();
                throw e;
            }
        }
    }
}
