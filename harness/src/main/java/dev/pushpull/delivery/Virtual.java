package dev.pushpull.delivery;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.VirtualTime.Simulated;

/** A mode in virtual time: the same policies over the same events, without a clock or a socket. */
@FunctionalInterface
public interface Virtual {
    /**
     * The mode in a scenario.
     *
     * @param events lazy; each stream is drawn once for each of its consumers
     * @param seeds phases and all other chance come from them and the consumer's number, so no result depends on the
     *     number of cores
     */
    Simulated in(Scenario scenario, ArrivalStreams events, Seeds seeds);

    /**
     * Simulates the scenario. The outcome's trial is 1; the caller adds the prediction.
     *
     * @param events lazy; each stream is drawn once for each of its consumers
     */
    default Outcome simulate(Scenario scenario, ArrivalStreams events, Seeds seeds) {
        return VirtualTime.run(in(scenario, events, seeds), scenario, events);
    }

    /** The same without intervals, which take as long as a short run itself: for one of many. */
    default Outcome simulateWithoutIntervals(Scenario scenario, ArrivalStreams events, Seeds seeds) {
        return VirtualTime.runWithoutIntervals(in(scenario, events, seeds), scenario, events);
    }
}
