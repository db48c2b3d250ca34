package dev.pushpull.delivery;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;

/** A mode in virtual time: the same policies over the same events, without a clock or a socket. */
@FunctionalInterface
public interface Virtual {
    /**
     * All that happens in the scenario. The outcome's trial is 1; its prediction is left to who asked for it.
     *
     * @param events lazy; each stream is drawn as often as there are consumers of it
     * @param seeds phases and all other chance derive from them and the consumer's number, so no result depends on the
     *     number of cores
     */
    Outcome simulate(Scenario scenario, ArrivalStreams events, Seeds seeds);
}
