package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.util.List;
import java.util.Map;

/** The scenarios of the experiments: what the command line asks for by default, unless said otherwise. */
final class ClaimScenario {
    static final long MILLISECOND = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    static final String POLLING = "polling";
    static final String WEBHOOK = "webhook";

    private ClaimScenario() {}

    /** Poisson events of streams of their own, polled at random phases, side by side with webhooks. */
    static Scenario of(
            double ratePerSecond, long intervalNanos, int consumers, long durationNanos, long seed, String... modes) {
        return new Scenario(
                new Scenario.Events(
                        new PoissonArrivals(ratePerSecond),
                        Scenario.Streams.PER_CONSUMER,
                        consumers,
                        1024,
                        "payment.succeeded",
                        10_000),
                new Scenario.Polling(intervalNanos, 100, Phase.RANDOM),
                new Scenario.Webhooks(
                        "standard-webhooks", RetrySchedule.STANDARD_WEBHOOKS, 64, 8, 5 * SECOND, 15 * SECOND, 10_000),
                Scenario.Network.NONE,
                Scenario.Faults.NONE,
                new Scenario.Run(List.of(modes), durationNanos, 5 * SECOND, seed, false),
                Map.of());
    }
}
