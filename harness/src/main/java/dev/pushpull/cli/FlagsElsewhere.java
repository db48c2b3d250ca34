package dev.pushpull.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** What to say of a flag that this command does not have and another one has. */
final class FlagsElsewhere {
    /** Flags that mean the same, under another name where time is another one. */
    private static final List<Set<String>> ALIKE = List.of(
            Set.of("--duration", "--horizon"), Set.of("--header", "--webhook-header"), Set.of("--mode", "--path"));

    private FlagsElsewhere() {}

    /** Which flag is meant here, or which commands have it; empty when none has. */
    static Optional<String> hint(String flag, CommandLine command) {
        List<String> others = command.getParent().getSubcommands().values().stream()
                .filter(other -> other != command && has(other, flag))
                .map(CommandLine::getCommandName)
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        return ALIKE.stream()
                .filter(alike -> alike.contains(flag))
                .flatMap(Set::stream)
                .filter(alike -> has(command, alike))
                .findFirst()
                .map(alike -> "; did you mean '" + alike + "'?")
                .or(() -> Optional.of(others.stream().collect(Collectors.joining(", ", "; it is a flag of ", ""))));
    }

    private static boolean has(CommandLine command, String flag) {
        return command.getCommandSpec().optionsMap().containsKey(flag)
                && !command.getCommandSpec().findOption(flag).hidden();
    }
}
