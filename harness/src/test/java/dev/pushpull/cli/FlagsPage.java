package dev.pushpull.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/flags.md}: every command with its flags, from the command line's own definitions. */
final class FlagsPage {
    private static final Pattern DEFAULT = Pattern.compile("\\s*\\(default: ((?:[^()]|\\([^()]*\\))*)\\)");
    private static final String TABLE = "| flag | default | what it does |\n| --- | --- | --- |\n";

    /**
     * Flags that several commands share: by group and by everything that a reader is told about them, their commands.
     */
    private final Map<FlagGroup, Map<String, List<String>>> rows = new EnumMap<>(FlagGroup.class);

    private final List<CommandSpec> commands = new ArrayList<>();

    private FlagsPage() {
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                commands.add(spec);
                HelpLayout.groups(spec)
                        .forEach((group, options) ->
                                options.forEach(option -> rows.computeIfAbsent(group, g -> new LinkedHashMap<>())
                                        .computeIfAbsent(row(option), r -> new ArrayList<>())
                                        .add(spec.name())));
            }
        }
    }

    static String text() {
        return new FlagsPage().written();
    }

    private String written() {
        StringBuilder page = new StringBuilder("""
                # Commands and flags

                <!-- Written by scripts/docs from the definitions of the commands: change it there. -->

                `pushpull COMMAND --help` shows the examples of a command and the flags you need most; `--help-all` describes every
                flag. Durations are written `250ms`, `5s`, `2m`, `1h`, `7d`; rates `2/s`, `30/m`, `5/h`, `40/d`; sizes `512B`, `1KiB`,
                `2MiB`. Decimals are allowed. Explicit flags win over a preset, and a preset wins over the defaults.

                | command | what it does |
                | --- | --- |
                """);
        commands.forEach(spec -> page.append("| [`%s`](#%s) | %s |%n"
                .formatted(
                        spec.name(),
                        spec.name(),
                        String.join(" ", spec.usageMessage().header()))));
        commands.forEach(spec -> page.append(command(spec)));
        page.append("\n# Flags of several commands\n");
        for (FlagGroup group : rows.keySet()) {
            String table = rows.get(group).entrySet().stream()
                    .filter(row -> isShared(group, row.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.joining());
            if (!table.isEmpty()) {
                page.append("\n## ")
                        .append(group.title())
                        .append("\n\n")
                        .append(TABLE)
                        .append(table);
            }
        }
        return page.toString();
    }

    private String command(CommandSpec spec) {
        StringBuilder text = new StringBuilder("\n## %s%n%n".formatted(spec.name()));
        text.append(String.join(" ", spec.usageMessage().description()).replace("%%", "%"))
                .append("\n\n```sh\n")
                .append("# ")
                .append(HelpLayout.synopsis(spec))
                .append('\n');
        HelpLayout.examples(spec).stream()
                .filter(line -> line.startsWith("  "))
                .forEach(line -> text.append(line.replaceFirst("^ {2}", "").replace("%%", "%"))
                        .append('\n'));
        text.append("```\n");
        StringBuilder own = new StringBuilder();
        spec.positionalParameters()
                .forEach(parameter -> own.append("| `%s` | | %s |%n"
                        .formatted(parameter.paramLabel(), cell(String.join(" ", parameter.description())))));
        Map<FlagGroup, List<String>> shared = new EnumMap<>(FlagGroup.class);
        HelpLayout.groups(spec)
                .forEach((group, options) -> options.forEach(option -> {
                    if (isShared(group, rows.get(group).get(row(option)))) {
                        shared.computeIfAbsent(group, g -> new ArrayList<>())
                                .add("`" + (option.usageHelp() ? "--help" : option.longestName()) + "`");
                    } else {
                        own.append(row(option));
                    }
                }));
        if (!own.isEmpty()) {
            text.append('\n').append(TABLE).append(own);
        }
        if (!shared.isEmpty()) {
            text.append('\n');
            shared.forEach((group, names) -> text.append("- [%s](#%s): %s%n"
                    .formatted(
                            group.title(), group.title().toLowerCase().replace(' ', '-'), String.join(", ", names))));
        }
        String exitCodes = String.join(" ", spec.usageMessage().footer()).replaceFirst("^.*(?=Exit codes:)", "");
        return text.append('\n').append(exitCodes).append('\n').toString();
    }

    private static boolean isShared(FlagGroup group, List<String> commands) {
        return group != FlagGroup.OWN && new TreeSet<>(commands).size() > 1;
    }

    private static String row(OptionSpec option) {
        String description = String.join(" ", option.description());
        Matcher matcher = DEFAULT.matcher(description);
        String byDefault = matcher.find() ? matcher.group(1) : "";
        String rest = matcher.replaceFirst("");
        String names = List.of(option.names()).stream()
                .map(name -> "`" + name + (option.arity().max() == 0 ? "" : " " + option.paramLabel()) + "`")
                .collect(Collectors.joining(", "));
        return "| %s | %s | %s |%n".formatted(cell(names), cell(byDefault), cell(rest));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").strip();
    }
}
