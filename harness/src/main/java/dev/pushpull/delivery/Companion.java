package dev.pushpull.delivery;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Scenario;

/**
 * What consumers can do besides, whatever their mode. Its flag asks for it. Implementations have a public no-argument
 * constructor and are found by {@code ServiceLoader}.
 */
public interface Companion {
    /** Its flag. */
    ModeOption<?> option();

    /** Whether it makes sense for a mode. */
    boolean suits(DeliveryMode mode);

    /** The mode with it; the mode itself where the scenario does not ask for it. */
    DeliveryMode with(DeliveryMode mode, Scenario scenario);
}
