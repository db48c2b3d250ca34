package dev.pushpull.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A hint for a flag that a command does not have: its nearest flag, or the commands that have the flag. */
final class FlagsElsewhere {
    /** Flags that mean the same under another name in commands where another kind of time passes. */
    private static final List<Set<String>> ALIKE =
            List.of(Set.of("--header", "--webhook-header"), Set.of("--mode", "--path"));

    private final Set<String> own;
    private final Map<String, List<String>> elsewhere;

    FlagsElsewhere(CommandLine command) {
        this(command, Main.commandLine());
    }

    /** @param program with the flags of all commands */
    FlagsElsewhere(CommandLine command, CommandLine program) {
        own = flags(command);
        elsewhere = elsewhere(command, program);
    }

    /** The flag probably meant here, or the commands that have it; empty when no flag resembles it. */
    Optional<String> hint(String typed) {
        Set<String> all = new LinkedHashSet<>(own); // first, so that they win a tie
        all.addAll(elsewhere.keySet());
        Optional<String> slip = Names.nearest(typed, own).filter(near -> Names.distance(typed, near) == 1);
        return slip.or(() -> Names.nearest(typed, all)).map(nearest -> {
            Optional<String> meant = own.contains(nearest) ? Optional.of(nearest) : alike(nearest, own);
            return meant.map(flag -> "; did you mean '" + flag + "'?")
                    .orElseGet(() -> "; %s is a flag of %s"
                            .formatted(
                                    nearest.equals(typed) ? "it" : "'" + nearest + "'",
                                    String.join(", ", elsewhere.get(nearest))));
        });
    }

    private static Optional<String> alike(String flag, Set<String> own) {
        return ALIKE.stream()
                .filter(alike -> alike.contains(flag))
                .flatMap(Set::stream)
                .filter(own::contains)
                .findFirst();
    }

    /** The flags of all other commands, with the commands that have them. */
    private static Map<String, List<String>> elsewhere(CommandLine command, CommandLine program) {
        Map<String, List<String>> elsewhere = new LinkedHashMap<>();
        for (String name : PushPull.commands(program)) {
            CommandLine other = program.getSubcommands().get(name);
            if (!name.equals(command.getCommandName())) {
                flags(other)
                        .forEach(flag -> elsewhere
                                .computeIfAbsent(flag, first -> new ArrayList<>())
                                .add(name));
            }
        }
        return elsewhere;
    }

    /** The flags that the command's help shows. */
    private static Set<String> flags(CommandLine command) {
        Set<String> flags = new LinkedHashSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                flags.addAll(List.of(option.names()));
            }
        }
        return flags;
    }
}
