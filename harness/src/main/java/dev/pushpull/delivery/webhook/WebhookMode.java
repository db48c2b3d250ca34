package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** {@code webhook}: the provider sends each event when it occurs, signed, to an endpoint of the consumer's. */
public final class WebhookMode implements DeliveryMode {
    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public boolean takesWebhooks() {
        return true;
    }

    @Override
    public LiveDemand demand(Scenario scenario) {
        return LiveDemand.ofWebhooks(scenario);
    }

    @Override
    public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
        return WebhookConsumers.subscribe(name(), provider, scenario, recorder, NanoClock.SYSTEM);
    }

    @Override
    public Outcome simulate(Scenario scenario, ArrivalStreams events, Seeds seeds) {
        return WebhookVirtual.simulate(name(), scenario, events, seeds);
    }

    @Override
    public Optional<Prediction> predict(Scenario scenario) {
        return Optional.of(WebhookTheory.predict(scenario));
    }
}
