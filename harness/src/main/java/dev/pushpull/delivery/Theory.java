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

    /**
     * What is known of the mode's pushes where each consumer also polls; empty where nothing is. A mode that says
     * nothing about its delays here has the same costs as without the polls.
     *
     * @param intervalSeconds between two polls of a consumer
     */
    default Optional<Pushes> besidePolls(Scenario scenario, double intervalSeconds) {
        return predict(scenario).map(alone -> {
            double lost = alone.value("lost_ratio").orElse(Double.NaN);
            return new Pushes(
                    alone.value("requests_per_delivery").orElse(Double.NaN) * (1 - lost),
                    alone.value("bytes_per_delivery").orElse(Double.NaN) * (1 - lost),
                    lost,
                    Optional.empty(),
                    "push",
                    "pushes as without the polls");
        });
    }
}
