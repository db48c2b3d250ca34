package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.TraceArrivals;

/**
 * Whether a simulation can be carried out at all, checked before it begins. Its memory grows neither with the number of
 * consumers nor with the horizon, but every trial's histogram is kept; its time grows with the deliveries.
 */
final class Workload {
    /** The most consumers in virtual time. */
    static final int MOST_CONSUMERS = 1_000_000_000;

    private static final long MOST_HORIZON_NANOS = 36_525L * 86_400_000_000_000L;
    private static final double BYTES_AN_OUTCOME = 600e3;
    private static final double BYTES_OTHERWISE = 60e6;
    private static final double BYTES_A_SHARED_DELIVERY = 80;
    private static final double BYTES_A_SHARED_CONSUMER = 800;
    private static final double MOST_DELIVERIES = 1e12;
    private static final double DELIVERIES_A_SECOND = 40e6;

    /** Far below what a 64-bit number counts. */
    private static final double MOST_POLLS = 1e18;

    /** Where connections are modelled, polls may have to be visited one by one. */
    private static final double MOST_POLLS_VISITED = 1e11;

    private Workload() {}

    /**
     * Checks that the outcomes fit into memory.
     *
     * @param flag the flag that sets the number of trials or cells
     * @throws InvalidInputException when they do not fit
     */
    static void checkMemory(String flag, int modes, int trials) {
        double memory = BYTES_OTHERWISE + (double) modes * trials * BYTES_AN_OUTCOME;
        double there = Runtime.getRuntime().maxMemory();
        if (memory > there) {
            throw new InvalidInputException(
                    "%s: '%d' of %d modes need about %,.0f MiB of memory and there are %,.0f MiB; accepted: fewer, or PUSHPULL_JAVA_OPTS=-Xmx with more"
                            .formatted(flag, trials, modes, memory / (1 << 20), there / (1 << 20)));
        }
    }

    /**
     * Checks that the simulation ends in reasonable time.
     *
     * @param flag the flag that sets the simulated duration
     * @throws InvalidInputException when it does not
     */
    static void check(String flag, Scenario scenario, int modes, int trials) {
        long nanos = scenario.run().durationNanos();
        String horizon = Quantity.duration(nanos);
        if (nanos > MOST_HORIZON_NANOS) {
            throw Quantity.wrong(flag, horizon, "up to a hundred years");
        }
        int consumers = scenario.events().consumers();
        double deliveries = events(scenario) * consumers * modes * trials;
        if (deliveries > MOST_DELIVERIES) {
            throw new InvalidInputException(
                    "%s: '%s' and %,d consumers make about %.2g deliveries in all, %,.0f hours of computing; accepted: up to %.0g deliveries"
                            .formatted(
                                    flag,
                                    horizon,
                                    consumers,
                                    deliveries,
                                    deliveries / DELIVERIES_A_SECOND / 3600,
                                    MOST_DELIVERIES));
        }
        int atOnce = Math.min(Runtime.getRuntime().availableProcessors(), modes * trials);
        checkShared(flag, scenario, atOnce);
        double polls =
                (double) scenario.run().durationNanos() / scenario.polling().intervalNanos() * consumers;
        boolean visited =
                scenario.wire().modelled() || scenario.polling().quota().limits();
        double mostPolls = visited ? MOST_POLLS_VISITED : MOST_POLLS;
        if (polls > mostPolls) {
            throw new InvalidInputException("%s: '%s' and %,d consumers make %.2g polls; accepted: up to %.0g"
                    .formatted(flag, horizon, consumers, polls, mostPolls));
        }
    }

    /** Where all endpoints share one sender, what comes of each delivery is kept until its consumer's turn. */
    private static void checkShared(String flag, Scenario scenario, int atOnce) {
        int consumers = scenario.events().consumers();
        double deliveries = events(scenario) * consumers;
        double each = deliveries * BYTES_A_SHARED_DELIVERY + (double) consumers * BYTES_A_SHARED_CONSUMER;
        double memory = BYTES_OTHERWISE + each * atOnce;
        double there = Runtime.getRuntime().maxMemory();
        if (scenario.webhooks().endpoints().slotsCount() && memory > there) {
            throw new InvalidInputException(
                    "%s: '%s' with limits in flight needs about %,.0f MiB of memory for %.2g deliveries and there are %,.0f MiB; accepted: fewer, or PUSHPULL_JAVA_OPTS=-Xmx with more"
                            .formatted(
                                    flag,
                                    Quantity.duration(scenario.run().durationNanos()),
                                    memory / (1 << 20),
                                    deliveries,
                                    there / (1 << 20)));
        }
    }

    /** The events of one stream. */
    private static double events(Scenario scenario) {
        return scenario.events().arrivals() instanceof TraceArrivals trace
                ? trace.events()
                : scenario.events().arrivals().meanRatePerSecond(scenario.run().durationNanos())
                        * scenario.run().durationNanos()
                        / 1e9;
    }
}
