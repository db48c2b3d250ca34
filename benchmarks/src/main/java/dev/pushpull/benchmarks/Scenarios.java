package dev.pushpull.benchmarks;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.ScenarioWebhooksBuilder;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.scenario.WebhookSender;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.util.List;
import java.util.Map;

/** The scenarios of benchmarks: the defaults of {@code compare}, except for what a benchmark varies. */
final class Scenarios {
    static final long SECOND_NANOS = 1_000_000_000L;
    static final int PAYLOAD_BYTES = 1024;
    static final String EVENT_TYPE = "payment.succeeded";

    private static final int MOST_IN_FLIGHT = 64;
    private static final int MOST_IN_FLIGHT_PER_ENDPOINT = 8;
    private static final int PROCESSING_QUEUE = 10_000;

    private Scenarios() {}

    /**
     * Consumers with Poisson streams of their own.
     *
     * @param ratePerSecond of one stream
     */
    static Scenario of(
            List<String> modes, int consumers, double ratePerSecond, long intervalNanos, long durationNanos) {
        return new Scenario(
                new Scenario.Events(
                        new PoissonArrivals(ratePerSecond),
                        Scenario.Streams.PER_CONSUMER,
                        consumers,
                        PAYLOAD_BYTES,
                        EVENT_TYPE,
                        10_000),
                new Scenario.Polling(intervalNanos, 100, Phase.RANDOM),
                webhooks(StoreAddress.MEMORY),
                Scenario.Network.NONE,
                Scenario.Wire.LOOPBACK,
                Scenario.Faults.NONE,
                new Scenario.Run(modes, durationNanos, 5 * SECOND_NANOS, 1, false),
                Map.of());
    }

    /** For real HTTP, driven by the benchmark and not by the scenario's rate. */
    static Scenario live(int consumers, StoreAddress inbox) {
        return of(List.of("webhook"), consumers, 1, SECOND_NANOS, SECOND_NANOS).withWebhooks(webhooks(inbox));
    }

    private static Scenario.Webhooks webhooks(StoreAddress inbox) {
        return ScenarioWebhooksBuilder.builder()
                .scheme("standard-webhooks")
                .retries(RetrySchedule.STANDARD_WEBHOOKS)
                .maxInFlight(MOST_IN_FLIGHT)
                .maxInFlightPerEndpoint(MOST_IN_FLIGHT_PER_ENDPOINT)
                .connectTimeoutNanos(5 * SECOND_NANOS)
                .responseTimeoutNanos(15 * SECOND_NANOS)
                .processingQueue(PROCESSING_QUEUE)
                .inbox(inbox)
                .outbox(StoreAddress.MEMORY)
                .disabling(DisablingRule.NONE)
                .headers(Map.of())
                .sender(WebhookSender.OWN)
                .endpoints(Endpoints.ALIKE)
                .build();
    }

    /** The delivery mode with that name. */
    static DeliveryMode mode(String name) {
        return DeliveryModes.all().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
