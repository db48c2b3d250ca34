package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.TraceArrivals;

/**
 * Whether a simulation can be carried out at all, said before it begins. Its memory grows neither with consumers nor with
 * the horizon, but every trial's histogram is kept; its time grows with the deliveries.
 */
final class Workload {
    private static final double BYTES_AN_OUTCOME = 600e3;
    private static final double BYTES_OTHERWISE = 60e6;
    private static final double MOST_DELIVERIES = 1e12;
    private static final double DELIVERIES_A_SECOND = 40e6;

    /** Far below what a 64-bit number counts. */
    private static final double MOST_POLLS = 1e18;

    private Workload() {}

    /** @throws InvalidInputException when it cannot */
    static void check(Scenario scenario, int modes, int trials) {
        double memory = BYTES_OTHERWISE + (double) modes * trials * BYTES_AN_OUTCOME;
        double there = Runtime.getRuntime().maxMemory();
        if (memory > there) {
            throw new InvalidInputException(
                    "--trials: '%d' of %d modes need about %,.0f MiB of memory and there are %,.0f MiB; accepted: fewer, or PUSHPULL_JAVA_OPTS=-Xmx with more"
                            .formatted(trials, modes, memory / (1 << 20), there / (1 << 20)));
        }
        String horizon = Quantity.duration(scenario.run().durationNanos());
        int consumers = scenario.events().consumers();
        double deliveries = events(scenario) * consumers * modes * trials;
        if (deliveries > MOST_DELIVERIES) {
            throw new InvalidInputException(
                    "--horizon: '%s' and %,d consumers make about %.2g deliveries in all, %,.0f hours of computing; accepted: up to %.0g deliveries"
                            .formatted(
                                    horizon,
                                    consumers,
                                    deliveries,
                                    deliveries / DELIVERIES_A_SECOND / 3600,
                                    MOST_DELIVERIES));
        }
        double polls =
                (double) scenario.run().durationNanos() / scenario.polling().intervalNanos() * consumers;
        if (polls > MOST_POLLS) {
            throw new InvalidInputException("--horizon: '%s' and %,d consumers make %.2g polls; accepted: up to %.0g"
                    .formatted(horizon, consumers, polls, MOST_POLLS));
        }
    }

    /** Of one stream. */
    private static double events(Scenario scenario) {
        return scenario.events().arrivals() instanceof TraceArrivals trace
                ? trace.events()
                : scenario.events().arrivals().ratePerSecond() * scenario.run().durationNanos() / 1e9;
    }
}
