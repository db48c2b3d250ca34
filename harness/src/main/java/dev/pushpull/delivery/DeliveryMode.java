package dev.pushpull.delivery;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Scenario;
import java.util.List;

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

    /** What is true of the mode in any run. Code that writes about modes asks for this, never for their names. */
    ModeTraits traits();

    Live live();

    Virtual virtual();

    Theory theory();
}
