package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Polling;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;

/** The scenarios of a warm-up: the run itself, hurried, for all modes that will run side by side. */
final class Rehearsals {
    /** Enough to go through each code path; more consumers would go through no others. */
    private static final int MOST_CONSUMERS = 20;

    /** Events of all modes together, and as many polls; each mode has its share. */
    private static final double BRISK_PER_SECOND = 2000;

    private static final double MOST_PER_SECOND = 4000;
    private static final long BRISK_RTT_NANOS = 1_000_000;

    /** At a slower pace a few seconds would bring too few events. */
    private static final double LEAST_PER_SECOND = 20;

    /** As many attempts may be on their way at least. */
    private static final int IN_FLIGHT = 8;

    private Rehearsals() {}

    /**
     * At a brisk pace, at which connections and threads still go idle between two events, as in most runs. A run that is
     * brisker keeps its own pace, up to a limit, so that nothing piles up. The wire's delay is shortened.
     */
    static Scenario brisk(Scenario run, List<DeliveryMode> modes, long durationNanos) {
        int few = Math.min(MOST_CONSUMERS, run.events().consumers());
        double leastEach = BRISK_PER_SECOND / modes.size() / few;
        double mostEach = MOST_PER_SECOND / modes.size() / few;
        double ownEach = run.events().arrivals().meanRatePerSecond(run.run().durationNanos());
        Scenario.Wire wire = run.wire();
        Scenario ofFew = run.withEvents(run.events().withConsumers(few))
                .withWire(wire.within(Math.min(wire.rttNanos(), BRISK_RTT_NANOS)));
        return hurried(
                ofFew,
                modes,
                Math.min(mostEach, Math.max(leastEach, ownEach)),
                new Polling(
                        Math.min(run.polling().intervalNanos(), Math.round(1e9 / leastEach)),
                        run.polling().pageLimit(),
                        Phase.RANDOM),
                durationNanos);
    }

    /** At the run's own pace, or faster where that would bring too few events to learn from. */
    static Scenario paced(Scenario run, List<DeliveryMode> modes, long durationNanos) {
        double ownEach = run.events().arrivals().meanRatePerSecond(run.run().durationNanos());
        double leastEach = LEAST_PER_SECOND / run.events().streamCount();
        long mostIntervalNanos = Math.round(1e9 * run.events().consumers() / LEAST_PER_SECOND);
        return hurried(
                run,
                modes,
                Math.max(ownEach, leastEach),
                new Polling(
                        Math.min(run.polling().intervalNanos(), mostIntervalNanos),
                        run.polling().pageLimit(),
                        run.polling().phase()),
                durationNanos);
    }

    /** Legs are learned where nothing waits for a slot or for an endpoint. */
    private static Scenario.Webhooks unhindered(Scenario.Webhooks webhooks) {
        return webhooks.withEndpoints(Endpoints.ALIKE)
                .withMaxInFlight(Math.max(IN_FLIGHT, webhooks.maxInFlight()))
                .withMaxInFlightPerEndpoint(Math.max(IN_FLIGHT, webhooks.maxInFlightPerEndpoint()));
    }

    private static Scenario hurried(
            Scenario run, List<DeliveryMode> modes, double ratePerStream, Polling polling, long durationNanos) {
        Scenario rehearsal = run.withEvents(run.events().withArrivals(new PoissonArrivals(ratePerStream)))
                .withPolling(polling)
                .withFaults(Scenario.Faults.NONE)
                .withWebhooks(unhindered(run.webhooks()))
                .withRun(run.run().withDurationNanos(durationNanos).withDrainNanos(0));
        for (DeliveryMode mode : modes) {
            rehearsal = mode.live().hurried(run, rehearsal);
        }
        return rehearsal;
    }
}
