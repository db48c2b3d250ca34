package dev.pushpull.delivery.hybrid;

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
import dev.pushpull.delivery.polling.PollManner;
import dev.pushpull.delivery.polling.Poller;
import dev.pushpull.delivery.webhook.WebhookConsumers;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.PollGrid;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code hybrid}: webhooks, and a slow poll by each consumer that finds those that were lost. */
public final class HybridMode implements DeliveryMode {
    private static final String NAME = "hybrid";

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
                "the hybrid",
                false,
                "The provider sends webhooks, and each consumer polls now and then for those that were lost.",
                5);
    }

    @Override
    public List<ModeOption<?>> options() {
        return HybridOptions.ALL;
    }

    @Override
    public List<Choice> choices() {
        return HybridOptions.CHOICES;
    }

    @Override
    public void check(Scenario scenario) {
        Quantity.checkWithinRun(
                HybridOptions.RECONCILE.flag(),
                HybridOptions.RECONCILE.in(scenario),
                scenario.run().durationNanos());
        PollGrid.check(HybridOptions.RECONCILE.flag(), HybridOptions.RECONCILE.in(scenario), scenario.wire());
    }

    @Override
    public Live live() {
        return new OverHttp();
    }

    @Override
    public Virtual virtual() {
        return HybridVirtual::simulate;
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
                        ? Optional.of(HybridTheory.predict(scenario, constantLegs))
                        : Optional.empty();
            }
        };
    }

    /** Over real HTTP. */
    private static final class OverHttp implements Live {
        /** At the interval of the run a rehearsal might see no poll at all. */
        @Override
        public Scenario hurried(Scenario asked, Scenario rehearsal) {
            long hurriedNanos = Math.min(
                    HybridOptions.RECONCILE.in(asked), rehearsal.polling().intervalNanos());
            Map<String, String> options = new HashMap<>(rehearsal.modeOptions());
            options.put(HybridOptions.RECONCILE.flag(), hurriedNanos + "ns");
            return rehearsal.withModeOptions(options);
        }

        @Override
        public Scenario.Network legs(Recording rehearsal) {
            boolean pushed = rehearsal.roundTrip(Exchanges.ATTEMPT).count() > 0;
            Scenario.Network pushes =
                    Scenario.Network.learned(Leg.WEBHOOK, pushed ? rehearsal.latency() : Distribution.empty());
            return new Scenario.Network(
                    Poller.legs(rehearsal).pollResponseNanos(), pushes.webhookNanos(), pushes.drawn());
        }

        @Override
        public LiveDemand demand(Scenario scenario) {
            return LiveDemand.ofWebhooks(scenario).plus(LiveDemand.ofPolls(scenario));
        }

        @Override
        public Waits waits(Scenario scenario) {
            return Waits.of(HybridOptions.RECONCILE.in(scenario));
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            WebhookConsumers webhooks =
                    WebhookConsumers.subscribe(NAME, provider, scenario, recorder, NanoClock.SYSTEM);
            FixedPollSchedule schedule = new FixedPollSchedule(
                    HybridOptions.RECONCILE.in(scenario), scenario.polling().phase());
            PollManner manner = new PollManner(schedule, false, 0, Recorder.Via.RECONCILIATION);
            try {
                return new BothConsumers(
                        webhooks, new Poller(NAME, provider, scenario, manner, recorder, NanoClock.SYSTEM));
            } catch (IOException | RuntimeException e) {
                webhooks.close();
                throw e;
            }
        }
    }
}
