package dev.pushpull.scenario;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A flag that a delivery mode declares. Command line, help and {@link Scenario} learn of it only from here.
 *
 * @param flag with its dashes
 * @param label stands for the value in the help; empty for a switch, which takes none and is {@code true} when given
 * @param description one sentence, with units and the default
 * @param parser reads a value (flag, text), throwing {@link InvalidInputException}
 * @param byDefault the value without the flag
 */
public record ModeOption<T>(
        String flag,
        String label,
        String description,
        BiFunction<String, String, T> parser,
        Function<Scenario, T> byDefault) {
    /** Whether it takes no value. */
    public boolean isSwitch() {
        return label.isEmpty();
    }

    /** The value that applies. */
    public T in(Scenario scenario) {
        String given = scenario.modeOptions().get(flag);
        return given == null ? byDefault.apply(scenario) : parser.apply(flag, given);
    }
}
