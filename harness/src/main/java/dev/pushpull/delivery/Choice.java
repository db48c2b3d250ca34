package dev.pushpull.delivery;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A setting that a mode leaves to its users, with the values worth considering: a range of durations, or a list.
 *
 * @param flag the flag that sets it
 * @param range whether every duration between the first and the last value is one of them
 * @param values rising; of a duration in nanoseconds
 * @param pollInterval whether it is the least time between two polls of a consumer
 * @param time whether it is a duration, rather than a number
 * @param setter the same scenario with a value; called after the setters of the choices before it
 */
public record Choice(String flag, boolean range, List<Long> values, boolean pollInterval, boolean time, Setter setter) {
    private static final String INTERVAL = "--interval";

    /** Makes a scenario with a value. */
    @FunctionalInterface
    public interface Setter {
        Scenario set(Scenario scenario, long value);
    }

    /** The poll interval of the scenario itself. */
    public static Choice interval(long leastNanos, long mostNanos) {
        return new Choice(
                INTERVAL,
                true,
                List.of(leastNanos, mostNanos),
                true,
                true,
                (scenario, nanos) -> scenario.withPolling(scenario.polling().withIntervalNanos(nanos)));
    }

    /** A duration from a range. */
    public static Choice duration(ModeOption<Long> option, long leastNanos, long mostNanos, boolean pollInterval) {
        return new Choice(
                option.flag(),
                true,
                List.of(leastNanos, mostNanos),
                pollInterval,
                true,
                (scenario, nanos) -> with(scenario, option.flag(), Quantity.duration(nanos)));
    }

    /** One duration of a few. */
    public static Choice durationOf(ModeOption<Long> option, long... nanos) {
        return new Choice(
                option.flag(),
                false,
                listed(nanos),
                false,
                true,
                (scenario, one) -> with(scenario, option.flag(), Quantity.duration(one)));
    }

    /** One number of a few. */
    public static Choice numberOf(ModeOption<Integer> option, long... numbers) {
        return new Choice(
                option.flag(),
                false,
                listed(numbers),
                false,
                false,
                (scenario, one) -> with(scenario, option.flag(), Long.toString(one)));
    }

    /** A duration that is so many times another choice, which must come before it. */
    public static Choice multipleOf(ModeOption<Long> least, ModeOption<Long> option, long... times) {
        return new Choice(
                option.flag(),
                false,
                listed(times),
                false,
                true,
                (scenario, one) ->
                        with(scenario, option.flag(), Quantity.duration(Math.multiplyExact(one, least.in(scenario)))));
    }

    /** The value that a scenario has, as it would be typed. */
    public String in(Scenario scenario) {
        return flag.equals(INTERVAL)
                ? Quantity.duration(scenario.polling().intervalNanos())
                : scenario.modeOptions().getOrDefault(flag, "");
    }

    /** The same within a range that ends no later, or begins no earlier, than these. */
    public Choice within(long leastNanos, long mostNanos) {
        long least = Math.max(leastNanos, values.get(0));
        long most = Math.min(mostNanos, values.get(values.size() - 1));
        return range ? new Choice(flag, true, List.of(Math.min(least, most), most), pollInterval, time, setter) : this;
    }

    /** The scenario with a value as it would be typed. */
    public Scenario withText(Scenario scenario, String value) {
        return flag.equals(INTERVAL)
                ? withNanos(scenario, Quantity.durationNanos(flag, value))
                : with(scenario, flag, value);
    }

    /** The duration that a scenario has; 0 where it has none, or where this is a number. */
    public long nanosIn(Scenario scenario) {
        String text = in(scenario);
        return time && !text.isEmpty() ? Quantity.durationNanos(flag, text) : 0;
    }

    /** The scenario with another duration. */
    public Scenario withNanos(Scenario scenario, long nanos) {
        return flag.equals(INTERVAL)
                ? scenario.withPolling(scenario.polling().withIntervalNanos(nanos))
                : with(scenario, flag, Quantity.duration(nanos));
    }

    private static List<Long> listed(long... values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static Scenario with(Scenario scenario, String flag, String value) {
        Map<String, String> options = new LinkedHashMap<>(scenario.modeOptions());
        options.put(flag, value);
        return scenario.withModeOptions(options);
    }
}
