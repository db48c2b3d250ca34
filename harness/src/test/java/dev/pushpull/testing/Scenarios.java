package dev.pushpull.testing;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Streams;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Scenarios in which everything that a test on sockets does not care about is filled in. */
public final class Scenarios {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Scenarios() {}

    /** Webhooks without tight timeouts, many at once, retried by the given schedule. */
    public static Scenario.Webhooks webhooks(RetrySchedule retries) {
        return webhooks(retries, 64, 64, PATIENCE);
    }

    public static Scenario.Webhooks webhooks(
            RetrySchedule retries, int maxInFlight, int maxInFlightPerEndpoint, Duration responseTimeout) {
        return new Scenario.Webhooks(
                "standard-webhooks",
                retries,
                maxInFlight,
                maxInFlightPerEndpoint,
                PATIENCE.toNanos(),
                responseTimeout.toNanos(),
                1000);
    }

    /** Webhooks to endpoints that may be disabled. */
    public static Scenario.Webhooks webhooks(RetrySchedule retries, DisablingRule disabling) {
        return webhooks(retries).withDisabling(disabling);
    }

    /** This many attempts: the first at once, then each after the same short delay. */
    public static RetrySchedule attempts(int attempts, Duration delay) {
        List<Long> delays = new java.util.ArrayList<>(Collections.nCopies(attempts, delay.toNanos()));
        delays.set(0, 0L);
        return new RetrySchedule(delays, 0);
    }

    /** Polls at 0, T, 2T, ... by this many consumers, whose streams are c0, c1, ... */
    public static Scenario polling(Duration interval, int pageLimit, int consumers) {
        return new Scenario(
                new Scenario.Events(new PeriodicArrivals(1), Streams.PER_CONSUMER, consumers, 64, "test.event", 1000),
                new Scenario.Polling(interval.toNanos(), pageLimit, Phase.ALIGNED),
                webhooks(RetrySchedule.NONE),
                Scenario.Network.NONE,
                Scenario.Wire.LOOPBACK,
                Scenario.Faults.NONE,
                new Scenario.Run(List.of("polling"), Duration.ofHours(1).toNanos(), 0, 1, false),
                Map.of());
    }
}
