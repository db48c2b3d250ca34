package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Prediction.Figure;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.EventStreams;
import dev.pushpull.schedule.Seeds;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code webhook}: the provider sends each event when it occurs, signed, to an endpoint of the consumer's. */
public final class WebhookMode implements DeliveryMode {
    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
        return WebhookConsumers.subscribe(name(), provider, scenario, recorder, NanoClock.SYSTEM);
    }

    @Override
    public Outcome simulate(Scenario scenario, EventStreams events, Seeds seeds) {
        return WebhookVirtual.simulate(name(), scenario, events, seeds);
    }

    @Override
    public Optional<Prediction> predict(Scenario scenario) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("requests_per_delivery", new Figure(1, "1 / p, p = 1", "every attempt succeeds (section 4)"));
        if (scenario.network().webhookNanos() > 0) {
            figures.put(
                    "latency_p50_ms",
                    new Figure(
                            scenario.network().webhookNanos() / 1e6,
                            "d",
                            "as long as in the warm-up at the run's own rate; no queue (section 7)"));
        }
        return Optional.of(new Prediction(figures, List.of()));
    }
}
