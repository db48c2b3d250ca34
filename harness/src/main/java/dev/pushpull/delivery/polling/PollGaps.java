package dev.pushpull.delivery.polling;

import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.theory.PollCycles;
import java.util.List;
import java.util.Optional;

/** The gaps between polls at a fixed interval, which outages and new connections make uneven. */
final class PollGaps {
    private final Scenario scenario;
    private final PollConnections connections;
    private final double interval;

    PollGaps(Scenario scenario, PollConnections connections) {
        this.scenario = scenario;
        this.connections = connections;
        this.interval = scenario.polling().intervalNanos() / 1e9;
    }

    /** Empty where faults leave no closed form. */
    Optional<PollCycles> cycles() {
        Scenario.Faults faults = scenario.faults();
        if (faultless()) {
            return Optional.of(
                    connections.alternate()
                            ? PollCycles.alternating(interval, connections.setUp())
                            : PollCycles.fixed(interval));
        }
        boolean random = faults.meanUpNanos() > 0 && faults.meanDownNanos() > 0;
        if (scenario.polling().phase() == Phase.ALIGNED
                || random && !faults.outages().isEmpty()) {
            return Optional.empty();
        }
        try {
            return random
                    ? Optional.of(PollCycles.withRandomOutages(
                            interval, faults.meanUpNanos() / 1e9, faults.meanDownNanos() / 1e9))
                    : outages();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // too many terms to be a closed form
        }
    }

    private Optional<PollCycles> outages() {
        long free = scenario.polling().intervalNanos();
        long until = -free;
        List<Outage> outages = Outage.single(scenario.faults().outages());
        for (Outage outage : outages) {
            if (outage.startNanos() < until + free) {
                return Optional.empty();
            }
            until = outage.endNanos();
        }
        long horizon = scenario.run().durationNanos();
        return until + free > horizon
                ? Optional.empty()
                : Optional.of(PollCycles.withOutages(
                        interval,
                        horizon / 1e9,
                        outages.stream()
                                .map(outage -> outage.lengthNanos() / 1e9)
                                .toList()));
    }

    boolean faultless() {
        Scenario.Faults faults = scenario.faults();
        return faults.outages().isEmpty() && (faults.meanUpNanos() == 0 || faults.meanDownNanos() == 0);
    }
}
