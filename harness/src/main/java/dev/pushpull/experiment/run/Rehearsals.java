package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Polling;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;

/** What a warm-up runs: the run itself, in a hurry, for all modes that will be beside each other. */
final class Rehearsals {
    /** Enough of each code path; more code than that is not gone through for more consumers. */
    private static final int MOST_CONSUMERS = 20;

    /** Events of all modes together, of which each has its part, and as many polls. */
    private static final double BRISK_PER_SECOND = 2000;

    private static final double MOST_PER_SECOND = 4000;
    private static final long BRISK_RTT_NANOS = 1_000_000;

    /** Fewer, at the run's own pace, would leave too few in some seconds. */
    private static final double LEAST_PER_SECOND = 20;

    private Rehearsals() {}

    /**
     * At a brisk pace, at which connections and threads still go idle between two events, as in most runs. A run that is
     * brisker itself keeps its pace, within reason: nothing piles up. The wire's delay is there, but a short one.
     */
    static Scenario brisk(Scenario run, List<DeliveryMode> modes, long durationNanos) {
        int few = Math.min(MOST_CONSUMERS, run.events().consumers());
        double leastEach = BRISK_PER_SECOND / modes.size() / few;
        double mostEach = MOST_PER_SECOND / modes.size() / few;
        double ownEach = run.events().arrivals().ratePerSecond();
        Scenario.Wire wire = run.wire();
        Scenario ofFew = run.withEvents(run.events().withConsumers(few))
                .withWire(new Scenario.Wire(
                        wire.tls(), Math.min(wire.rttNanos(), BRISK_RTT_NANOS), wire.keepAliveNanos()));
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

    /** At the run's own pace; hurried where that would bring too little to learn from. */
    static Scenario paced(Scenario run, List<DeliveryMode> modes, long durationNanos) {
        double ownEach = run.events().arrivals().ratePerSecond();
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

    private static Scenario hurried(
            Scenario run, List<DeliveryMode> modes, double ratePerStream, Polling polling, long durationNanos) {
        Scenario rehearsal = run.withEvents(run.events().withArrivals(new PoissonArrivals(ratePerStream)))
                .withPolling(polling)
                .withRun(run.run().withDurationNanos(durationNanos).withDrainNanos(0));
        for (DeliveryMode mode : modes) {
            rehearsal = mode.live().hurried(run, rehearsal);
        }
        return rehearsal;
    }
}
