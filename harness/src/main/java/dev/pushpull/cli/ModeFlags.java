package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.ModeOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags that the delivery modes declare. */
final class ModeFlags {
    private ModeFlags() {}

    /** The names accepted by {@code --mode}. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(DeliveryModes.all().stream().map(DeliveryMode::name).toList());
        }
    }

    /** Adds them to a command. */
    static void addTo(CommandSpec spec) {
        addTo(spec, flag -> true);
    }

    /** Adds those that a command knows. */
    static void addTo(CommandSpec spec, Predicate<String> known) {
        for (DeliveryMode mode : DeliveryModes.all()) {
            for (ModeOption<?> option : DeliveryModes.options(mode)) {
                if (known.test(option.flag()) && !spec.optionsMap().containsKey(option.flag())) {
                    OptionSpec.Builder flag = OptionSpec.builder(option.flag())
                            .description(declaring(option.flag()) + ": " + option.description());
                    spec.addOption(
                            option.isSwitch()
                                    ? flag.type(boolean.class).arity("0").build()
                                    : flag.type(String.class)
                                            .paramLabel(option.label())
                                            .build());
                }
            }
        }
    }

    /** Whether the command itself has a flag of this name, with a meaning of its own. */
    private static boolean isCommands(CommandSpec spec, String flag) {
        OptionSpec own = spec.optionsMap().get(flag);
        return own != null && FlagGroup.of(own) != FlagGroup.MODES;
    }

    /** The names of the modes that share a flag. */
    private static String declaring(String flag) {
        return DeliveryModes.all().stream()
                .filter(mode -> DeliveryModes.options(mode).stream()
                        .anyMatch(option -> option.flag().equals(flag)))
                .map(DeliveryMode::name)
                .collect(Collectors.joining(", "));
    }

    /** The values given, by flag. */
    static Map<String, String> given(CommandSpec spec) {
        Map<String, String> given = new LinkedHashMap<>();
        for (DeliveryMode mode : DeliveryModes.all()) {
            for (ModeOption<?> option : DeliveryModes.options(mode)) {
                if (isCommands(spec, option.flag())) {
                    continue;
                }
                Object value = spec.commandLine().getParseResult().matchedOptionValue(option.flag(), null);
                if (value != null && !value.equals(false)) {
                    given.put(option.flag(), value.toString());
                }
            }
        }
        return given;
    }
}
