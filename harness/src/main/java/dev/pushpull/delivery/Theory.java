package dev.pushpull.delivery;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import java.util.Optional;

/** A mode's closed forms. */
@FunctionalInterface
public interface Theory {
    /** Predicts a scenario's figures; empty where none is known. */
    Optional<Prediction> predict(Scenario scenario);

    /**
     * The same with legs that always take exactly as long as the scenario says, even no time at all: then every quantile
     * of the latency follows where its law is known. For a choice between modes, which needs a figure for each.
     */
    default Optional<Prediction> predictWithConstantLegs(Scenario scenario) {
        return predict(scenario);
    }
}
