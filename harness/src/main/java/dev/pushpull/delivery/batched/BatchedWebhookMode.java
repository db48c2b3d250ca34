package dev.pushpull.delivery.batched;

import dev.pushpull.delivery.Behind;
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
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Batching;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code batched-webhook}: the provider gathers events for a while and sends them in one signed webhook. */
public final class BatchedWebhookMode implements DeliveryMode {
    private static final String NAME = "batched-webhook";

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
                Set.of(Trait.LISTENS, Trait.GATHERS),
                "batched webhooks",
                true,
                "The provider gathers events for a while and sends them in one webhook.",
                8);
    }

    @Override
    public List<ModeOption<?>> options() {
        return BatchedOptions.ALL;
    }

    @Override
    public List<Choice> choices() {
        return BatchedOptions.CHOICES;
    }

    @Override
    public void check(Scenario scenario) {
        BatchedOptions.check(scenario);
    }

    @Override
    public Live live() {
        return new OverHttp();
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> BatchedVirtual.in(NAME, scenario, events, seeds);
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
                        ? Optional.of(BatchedTheory.predict(scenario, constantLegs))
                        : Optional.empty();
            }
        };
    }

    /** Over real HTTP. */
    private static final class OverHttp implements Live {
        @Override
        public ProviderSettings provider(ProviderSettings usual, Scenario scenario) {
            return usual.withBatching(new Batching(BatchedOptions.rule(scenario), BatchedOptions.SPLIT.in(scenario)));
        }

        /** How long batches wait is known; what must be learned is how long one takes. */
        @Override
        public Scenario hurried(Scenario asked, Scenario rehearsal) {
            return BatchedOptions.alone(rehearsal);
        }

        /** The leg of a webhook, and what its answer takes besides. */
        @Override
        public Scenario.Network legs(Recording rehearsal) {
            Scenario.Network pushes = Scenario.Network.learned(Leg.WEBHOOK, rehearsal.latency());
            Map<Leg, Distribution> drawn = new EnumMap<>(Leg.class);
            drawn.putAll(pushes.drawn());
            Distribution both = rehearsal.roundTrip(Exchanges.ATTEMPT);
            if (both.count() > 0) {
                drawn.put(Leg.WEBHOOK_ANSWER, both.shortened(pushes.webhookNanos()));
            }
            return new Scenario.Network(0, pushes.webhookNanos(), drawn);
        }

        @Override
        public LiveDemand demand(Scenario scenario) {
            return LiveDemand.ofWebhooks(scenario);
        }

        /** It waits for no clock of the consumer's; besides a batch's wait it is given the time that polls have. */
        @Override
        public Waits waits(Scenario scenario) {
            long intervalNanos = scenario.polling().intervalNanos();
            return new Waits(intervalNanos, intervalNanos + BatchedOptions.WAIT.in(scenario));
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            RefusedEvents refused =
                    RefusedEvents.of(scenario, new Seeds(scenario.run().seed()));
            return WebhookConsumers.subscribe(
                    NAME,
                    provider,
                    scenario,
                    recorder,
                    NanoClock.SYSTEM,
                    WebhookManner.batches(
                            BatchedOptions.SIZE.in(scenario),
                            (consumer, event) -> refused.refuses(consumer, event.sequence())));
        }
    }
}
