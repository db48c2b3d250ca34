package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Scenario;

/**
 * Whether a simulation fits the memory. It needs little that grows: neither consumers nor horizon, but every trial's
 * histogram is kept, and each consumer being simulated remembers what the provider keeps for one poll.
 */
final class MemoryNeed {
    private static final double BYTES_AN_OUTCOME = 600e3;
    private static final double BYTES_A_KEPT_EVENT = 24;
    private static final double BYTES_OTHERWISE = 60e6;

    private MemoryNeed() {}

    /** @throws InvalidInputException when it does not */
    static void check(Scenario scenario, int modes, int trials) {
        double eventsAnInterval =
                Math.max(scenario.loadFactor(), scenario.events().arrivals().ratePerSecond());
        double kept = Math.min(scenario.events().retention(), 4 * eventsAnInterval + 100);
        double needed = BYTES_OTHERWISE
                + (double) modes * trials * BYTES_AN_OUTCOME
                + Runtime.getRuntime().availableProcessors() * kept * BYTES_A_KEPT_EVENT;
        double there = Runtime.getRuntime().maxMemory();
        if (needed > there) {
            throw new InvalidInputException(
                    "--trials: %,d of %d modes need about %,.0f MiB of memory, and there are %,.0f MiB; accepted: fewer, or a larger heap by PUSHPULL_JAVA_OPTS=-Xmx..."
                            .formatted(trials, modes, needed / (1 << 20), there / (1 << 20)));
        }
    }
}
