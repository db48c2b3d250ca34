package dev.pushpull.delivery;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * One way for an event to get from the provider to its consumers, in three forms: over real HTTP, in virtual time, and as
 * a closed form. Implementations have a public no-argument constructor and are found by {@code ServiceLoader}.
 */
public interface DeliveryMode {
    /** Its name for {@code --mode}. */
    String name();

    /** The flags that it declares. */
    default List<ModeOption<?>> options() {
        return List.of();
    }

    /** The settings from which someone who uses it may choose; each comes after those that it depends on. */
    default List<Choice> choices() {
        return List.of();
    }

    /**
     * Rejects a scenario that this mode cannot work with.
     *
     * @throws dev.pushpull.scenario.InvalidInputException with one line for the person who typed the command
     */
    default void check(Scenario scenario) {}

    /** What someone who runs this scenario should know beforehand: a sentence each, without a full stop. */
    default List<String> warnings(Scenario scenario) {
        return List.of();
    }

    /**
     * Why virtual time and closed form do not follow this scenario; empty where they do. A clause. Unless a mode says
     * otherwise, they follow nothing that stands between consumers and provider.
     */
    default Optional<String> leavesOut(Scenario scenario) {
        return Behind.anything(scenario);
    }

    /** What the closed form says; empty where it says nothing. */
    default Optional<Prediction> predict(Scenario scenario) {
        return leavesOut(scenario).isPresent() ? Optional.empty() : theory().predict(scenario);
    }

    /** Whether in virtual time its polls keep to a quota; one without polls has nothing to keep. */
    default boolean keepsQuotaInVirtualTime() {
        return true;
    }

    /** What is true of the mode in any run. Code that writes about modes asks for this, never for their names. */
    ModeTraits traits();

    Live live();

    Virtual virtual();

    Theory theory();
}
