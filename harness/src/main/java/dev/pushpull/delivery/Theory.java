package dev.pushpull.delivery;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import java.util.Optional;

/** A mode's closed forms. */
@FunctionalInterface
public interface Theory {
    /** Predicts a scenario's figures; empty where none is known. */
    Optional<Prediction> predict(Scenario scenario);
}
