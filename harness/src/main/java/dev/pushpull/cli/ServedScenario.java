package dev.pushpull.cli;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The part of a scenario that a provider needs when it runs alone; it does not decide how it is polled. */
final class ServedScenario {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int PAGE_LIMIT = 100;

    private ServedScenario() {}

    static Scenario of(Scenario.Events events, Scenario.Webhooks webhooks, long seed) {
        return new Scenario(
                events,
                new Scenario.Polling(SECOND, PAGE_LIMIT, Phase.RANDOM),
                webhooks,
                Scenario.Network.NONE,
                Scenario.Wire.LOOPBACK,
                Scenario.Faults.NONE,
                new Scenario.Run(List.of(), SECOND, 0, seed, false),
                Map.of());
    }
}
