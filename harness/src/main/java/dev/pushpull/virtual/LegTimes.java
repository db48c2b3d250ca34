package dev.pushpull.virtual;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.Seeds.Purpose;
import java.util.random.RandomGenerator;

/**
 * How long each leg takes one consumer in virtual time: always the same, or drawn from what was measured, plus what the
 * wire adds.
 */
public final class LegTimes {
    private final long constantNanos;
    private final long wireNanos;

    /** Null when the leg is constant. */
    private final Distribution drawn;

    private final long samples;
    private final RandomGenerator random;

    private LegTimes(long constantNanos, long wireNanos, Distribution drawn, RandomGenerator random) {
        this.constantNanos = constantNanos + wireNanos;
        this.wireNanos = wireNanos;
        this.drawn = drawn;
        this.samples = drawn == null ? 0 : drawn.count();
        this.random = random;
    }

    /** From the provider's look at its log until the consumer has parsed the response. */
    public static LegTimes ofPolls(Scenario scenario, Seeds seeds, int consumer) {
        Scenario.Network network = scenario.network();
        return new LegTimes(
                network.pollResponseNanos(),
                scenario.wire().legNanos(),
                network.drawn(Leg.POLL_RESPONSE).orElse(null),
                seeds.generator(Purpose.POLL_LEG, consumer));
    }

    /** From the provider's sending of an event until the consumer holds it. */
    public static LegTimes ofPushes(Scenario scenario, Seeds seeds, int consumer) {
        Scenario.Network network = scenario.network();
        return new LegTimes(
                network.webhookNanos(),
                scenario.wire().legNanos(),
                network.drawn(Leg.WEBHOOK).orElse(null),
                seeds.generator(Purpose.WEBHOOK_LEG, consumer));
    }

    /** The time that the next exchange takes. */
    public long nextNanos() {
        return drawn == null ? constantNanos : wireNanos + drawn.valueOfRank(random.nextLong(samples));
    }
}
