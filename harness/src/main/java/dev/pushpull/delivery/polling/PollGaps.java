package dev.pushpull.delivery.polling;

import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.theory.PollCycles;
import java.util.List;
import java.util.Optional;

/** The gaps between polls at a fixed interval, which outages, quotas and new connections make uneven. */
final class PollGaps {
    /** A run of fewer pauses is no mean over them. */
    private static final int MANY = 20;

    private final Scenario scenario;
    private final PollConnections connections;
    private final double interval;
    private final RequestQuota quota;

    PollGaps(Scenario scenario, PollConnections connections) {
        this.scenario = scenario;
        this.connections = connections;
        this.interval = scenario.polling().intervalNanos() / 1e9;
        this.quota = scenario.polling().quota();
    }

    /** Empty where faults leave no closed form. */
    Optional<PollCycles> cycles() {
        Scenario.Faults faults = scenario.faults();
        if (limited()) {
            return untroubled() && pauseNanos() * MANY < scenario.run().durationNanos()
                    ? Optional.of(PollCycles.limited(interval, quota.requests(), pauseNanos() / 1e9))
                    : Optional.empty();
        }
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

    /** Whether the quota refuses any poll of the run. */
    boolean limited() {
        return usedUpNanos() > 0
                && usedUpNanos() < Math.min(quota.windowNanos(), scenario.run().durationNanos());
    }

    /** Polls that the quota refuses, for each that it allows. */
    double refused() {
        return limited() ? 1.0 / quota.requests() : 0;
    }

    /** When the first poll above the quota is made, since the window began. */
    private double usedUpNanos() {
        return (double) quota.requests() * scenario.polling().intervalNanos();
    }

    /** From the last poll within the quota until the next: the provider names whole seconds, and ticks go on as before. */
    private long pauseNanos() {
        long tick = scenario.polling().intervalNanos();
        long used = quota.requests() * tick;
        long again = scenario.network().pollResponseNanos() + RequestQuota.retryAfterNanos(quota.windowNanos() - used);
        return (again / tick + 2) * tick;
    }

    /** Whether the gaps between polls are all alike, or alternate. */
    boolean faultless() {
        return untroubled() && !limited();
    }

    private boolean untroubled() {
        Scenario.Faults faults = scenario.faults();
        return faults.outages().isEmpty() && (faults.meanUpNanos() == 0 || faults.meanDownNanos() == 0);
    }
}
