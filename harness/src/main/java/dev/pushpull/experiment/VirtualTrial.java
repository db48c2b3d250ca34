package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.util.List;
import java.util.Map;

/**
 * One mode in one trial in virtual time.
 *
 * @param number 1 for the first
 */
public record VirtualTrial(Scenario scenario, DeliveryMode mode, int number) {
    private Seeds seeds() {
        return new Seeds(Simulation.trialSeed(scenario, number));
    }

    /** Its events, drawn from the trial's seed. */
    public ArrivalStreams events() {
        return ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds());
    }

    /** The mode over these events. */
    public Simulated simulated() {
        return mode.virtual().in(scenario, events(), seeds());
    }

    /** What happened, simulated here. */
    Outcome outcome() {
        return named(mode.virtual().simulate(scenario, events(), seeds()));
    }

    /** An outcome with the trial's number, and with what the mode says of itself. */
    public Outcome named(Outcome outcome) {
        Prediction none = new Prediction(Map.of(), List.of());
        return outcome.of(number, mode.predict(scenario).orElse(none)).declared(mode.traits());
    }
}
