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
    /** What {@code --mode} takes. */
    String name();

    /** Flags of its own. */
    default List<ModeOption<?>> options() {
        return List.of();
    }

    /**
     * Says what about the scenario this mode cannot work with.
     *
     * @throws dev.pushpull.scenario.InvalidInputException with one line for the person who asked
     */
    default void check(Scenario scenario) {}

    /** What holds for it whatever a run shows; whoever writes of modes asks this, never its name. */
    ModeTraits traits();

    Live live();

    Virtual virtual();

    Theory theory();
}
