package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.RetrySchedule;
import java.util.List;
import java.util.Map;

/** The scenarios of the experiments: the defaults of the command line, unless said otherwise. */
final class ClaimScenario {
    static final long MILLISECOND = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    static final String POLLING = "polling";
    static final String WEBHOOK = "webhook";

    private ClaimScenario() {}

    /** The defaults, for a provider that runs alone. */
    static Scenario usual(long seed) {
        return of(1, SECOND, 1, SECOND, seed);
    }

    /** The defaults, for a provider that keeps this many events and has this quota. */
    static Scenario polled(int kept, RequestQuota quota, long seed) {
        return of(1, SECOND, kept, quota, 1, SECOND, seed);
    }

    /** Webhooks signed by default, from a provider that forgets unfinished deliveries when it ends. */
    static Scenario.Webhooks webhooks(
            RetrySchedule retries, int maxInFlight, int maxInFlightPerEndpoint, long timeoutNanos) {
        return webhooks(retries, maxInFlight, maxInFlightPerEndpoint, timeoutNanos, StoreAddress.MEMORY);
    }

    /** The same, from a provider with an outbox at that address. */
    static Scenario.Webhooks webhooks(
            RetrySchedule retries,
            int maxInFlight,
            int maxInFlightPerEndpoint,
            long timeoutNanos,
            StoreAddress outbox) {
        return new Scenario.Webhooks(
                        "standard-webhooks",
                        retries,
                        maxInFlight,
                        maxInFlightPerEndpoint,
                        timeoutNanos,
                        timeoutNanos,
                        10_000)
                .withOutbox(outbox);
    }

    /** Poisson events, with a stream for each consumer, polled at random phases, side by side with webhooks. */
    static Scenario of(
            double ratePerSecond, long intervalNanos, int consumers, long durationNanos, long seed, String... modes) {
        return of(ratePerSecond, intervalNanos, 10_000, RequestQuota.NONE, consumers, durationNanos, seed, modes);
    }

    private static Scenario of(
            double ratePerSecond,
            long intervalNanos,
            int kept,
            RequestQuota quota,
            int consumers,
            long durationNanos,
            long seed,
            String... modes) {
        return new Scenario(
                new Scenario.Events(
                        new PoissonArrivals(ratePerSecond),
                        Scenario.Streams.PER_CONSUMER,
                        consumers,
                        1024,
                        "payment.succeeded",
                        kept),
                new Scenario.Polling(intervalNanos, 100, Phase.RANDOM, quota),
                new Scenario.Webhooks(
                        "standard-webhooks", RetrySchedule.STANDARD_WEBHOOKS, 64, 8, 5 * SECOND, 15 * SECOND, 10_000),
                Scenario.Network.NONE,
                Scenario.Wire.LOOPBACK,
                Scenario.Faults.NONE,
                new Scenario.Run(List.of(modes), durationNanos, 5 * SECOND, seed, false),
                Map.of());
    }
}
