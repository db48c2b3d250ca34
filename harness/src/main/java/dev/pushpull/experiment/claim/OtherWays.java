package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.POLLING;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.WEBHOOK;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Polling, webhooks and the ways that are neither, side by side over the same events with nothing between that disturbs
 * them: streams, which push over a connection that is held, and thin webhooks, whose reads may lag behind.
 */
record OtherWays(Scenario scenario, Map<String, Outcome> outcomes) {
    /** The flag of modes that send less than the event and let it be read. */
    static final String VISIBILITY_LAG = "--visibility-lag";

    private static final int CONSUMERS = 40;
    private static final double RATE_PER_SECOND = 2;
    private static final long INTERVAL_NANOS = 200 * MILLISECOND;

    static OtherWays measured(ClaimSetting setting) throws IOException, InterruptedException {
        List<String> modes = new ArrayList<>(List.of(POLLING, WEBHOOK));
        Stream.concat(streams().stream(), thin().stream())
                .map(DeliveryMode::name)
                .forEach(modes::add);
        Scenario scenario =
                scenario((setting.quick() ? 2 : 8) * SECOND, setting.seed(900), modes.toArray(String[]::new));
        return new OtherWays(scenario, setting.compare(scenario));
    }

    /** The same pace for as long as an experiment needs. */
    static Scenario scenario(long durationNanos, long seed, String... modes) {
        return ClaimScenario.of(RATE_PER_SECOND, INTERVAL_NANOS, CONSUMERS, durationNanos, seed, modes);
    }

    /** Every mode that pushes over a held connection. */
    static List<DeliveryMode> streams() {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.traits().has(Trait.PUSHES))
                .toList();
    }

    /** Every mode whose consumers read what they were told of. */
    static List<DeliveryMode> thin() {
        return DeliveryModes.all().stream()
                .filter(mode ->
                        mode.options().stream().anyMatch(option -> option.flag().equals(VISIBILITY_LAG)))
                .toList();
    }

    Outcome polling() {
        return outcomes.get(POLLING);
    }

    Outcome webhook() {
        return outcomes.get(WEBHOOK);
    }

    Outcome of(DeliveryMode mode) {
        return outcomes.get(mode.name());
    }

    /** A mode's name within the name of a figure. */
    static String named(DeliveryMode mode) {
        return mode.name().replace('-', '_');
    }
}
