package dev.pushpull.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/**
 * How help is laid out: the examples, then the few flags most people need, then the names of the others by group.
 * {@code --help-all} describes them all.
 */
final class HelpLayout {
    private static final String ALL = "--help-all";
    private static final String EXIT_CODES = "Exit codes:";
    private static final int WIDTH = 80;
    private static final int TITLE_WIDTH = 14;

    private HelpLayout() {}

    /** Lays out the help of a command and of its subcommands. */
    static void apply(CommandLine commandLine) {
        CommandSpec spec = commandLine.getCommandSpec();
        spec.versionProvider(new PushPull.Version());
        boolean abridged = !essentials(spec).isEmpty();
        spec.addOption(OptionSpec.builder(abridged ? new String[] {"-h", "--help", ALL} : new String[] {"-h", "--help"})
                .usageHelp(true)
                .description(abridged ? "Show this help; " + ALL + " describes every flag." : "Show this help.")
                .build());
        boolean versionIsOther = spec.findOption("--version") != null; // such as that of an item
        spec.addOption(OptionSpec.builder(versionIsOther ? new String[] {"-V"} : new String[] {"-V", "--version"})
                .versionHelp(true)
                .description("Show the version.")
                .build());
        commandLine.setHelpSectionKeys(List.of("usage", UsageMessageSpec.SECTION_KEY_DESCRIPTION, "more"));
        commandLine.getHelpSectionMap().put("usage", HelpLayout::usage);
        commandLine.getHelpSectionMap().put("more", help -> rest(help, asksForAll(spec)));
        commandLine.getSubcommands().values().forEach(HelpLayout::apply);
    }

    /** The full help of a command, as {@code --help-all} prints it. */
    static String complete(CommandLine commandLine) {
        Help help = new Help(commandLine.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF));
        return usage(help) + help.description() + rest(help, true);
    }

    /** The flags that help shows, by group, in the order of their declaration. */
    static Map<FlagGroup, List<OptionSpec>> groups(CommandSpec spec) {
        Map<FlagGroup, List<OptionSpec>> groups = new EnumMap<>(FlagGroup.class);
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                groups.computeIfAbsent(FlagGroup.of(option), group -> new ArrayList<>())
                        .add(option);
            }
        }
        return groups;
    }

    /** The command, its required arguments, and a sign that it has flags. */
    static String synopsis(CommandSpec spec) {
        if (!spec.subcommands().isEmpty()) {
            return spec.qualifiedName() + " COMMAND [FLAGS]";
        }
        StringBuilder line = new StringBuilder(spec.qualifiedName());
        spec.positionalParameters()
                .forEach(parameter -> line.append((parameter.arity().min() == 0
                                ? " [%s]"
                                : parameter.arity().max() > 1 ? " %1$s [%1$s]" : " %s")
                        .formatted(parameter.paramLabel())));
        spec.options().stream()
                .filter(OptionSpec::required)
                .forEach(option -> line.append(' ')
                        .append(option.longestName())
                        .append(' ')
                        .append(option.paramLabel()));
        return line.append(" [FLAGS]").toString();
    }

    /** The lines of a command's footer, up to its exit codes. */
    static List<String> examples(CommandSpec spec) {
        return Arrays.stream(spec.usageMessage().footer())
                .takeWhile(line -> !line.startsWith(EXIT_CODES))
                .toList();
    }

    /** The lines of a command's footer that say what its exit codes mean. */
    static List<String> exitCodes(CommandSpec spec) {
        return Arrays.stream(spec.usageMessage().footer())
                .dropWhile(line -> !line.startsWith(EXIT_CODES))
                .toList();
    }

    private static String usage(Help help) {
        return "Usage: " + synopsis(help.commandSpec()) + "\n";
    }

    private static String rest(Help help, boolean all) {
        CommandSpec spec = help.commandSpec();
        String examples = String.join("\n", examples(spec)).strip();
        StringBuilder text = new StringBuilder("\n");
        if (!examples.isEmpty()) {
            text.append(examples.replace("%%", "%")).append("\n\n");
        }
        if (!spec.subcommands().isEmpty()) {
            text.append("Commands:\n").append(help.commandList()).append('\n');
        }
        text.append(all ? described(help) : abridged(help));
        exitCodes(spec).forEach(line -> text.append('\n').append(wrapped(line, "")));
        return text.toString();
    }

    private static String abridged(Help help) {
        CommandSpec spec = help.commandSpec();
        List<String> essentials = essentials(spec);
        if (essentials.isEmpty()) {
            return described(help);
        }
        StringBuilder text = new StringBuilder("The flags you need most:\n").append(help.parameterList());
        List<OptionSpec> few = essentials.stream().map(spec::findOption).toList();
        text.append(rendered(help, few));
        text.append("\nOther flags (").append(ALL).append(" describes them):\n");
        groups(spec).forEach((group, options) -> {
            String names = options.stream()
                    .filter(option -> !few.contains(option))
                    .map(option -> option.usageHelp() ? "--help" : option.longestName())
                    .collect(Collectors.joining(" "));
            if (!names.isEmpty()) {
                text.append(wrapped("  " + padded(group.title()) + names, " ".repeat(TITLE_WIDTH + 2)));
            }
        });
        return text.toString();
    }

    private static String described(Help help) {
        CommandSpec spec = help.commandSpec();
        Map<FlagGroup, List<OptionSpec>> groups = groups(spec);
        StringBuilder text = new StringBuilder(help.parameterList());
        boolean few = groups.keySet().stream()
                .allMatch(group -> group == FlagGroup.OWN || group == FlagGroup.RESULTS || group == FlagGroup.GENERAL);
        if (few) {
            List<OptionSpec> options =
                    groups.values().stream().flatMap(List::stream).toList();
            return text.append("Flags:\n").append(rendered(help, options)).toString();
        }
        String between = text.isEmpty() ? "" : "\n";
        for (Map.Entry<FlagGroup, List<OptionSpec>> group : groups.entrySet()) {
            text.append(between).append(group.getKey().title()).append(":\n");
            text.append(rendered(help, group.getValue()));
            between = "\n";
        }
        return text.toString();
    }

    private static String rendered(Help help, List<OptionSpec> options) {
        Help.Layout layout = help.createDefaultLayout();
        layout.addAllOptions(options, help.parameterLabelRenderer());
        return layout.toString();
    }

    private static List<String> essentials(CommandSpec spec) {
        Essentials few = spec.userObject() == null // of an outline
                ? null
                : spec.userObject().getClass().getAnnotation(Essentials.class);
        return few == null ? List.of() : List.of(few.value());
    }

    private static boolean asksForAll(CommandSpec spec) {
        ParseResult parsed = spec.root().commandLine().getParseResult();
        return parsed != null && parsed.originalArgs().contains(ALL);
    }

    private static String padded(String title) {
        return title + " ".repeat(Math.max(1, TITLE_WIDTH - title.length()));
    }

    /** Splits text into lines of at most 80 columns, each with a line end. */
    private static String wrapped(String text, String indent) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        String lead = text.substring(0, text.length() - text.stripLeading().length());
        line.append(lead);
        boolean first = true;
        for (String word : text.strip().split("(?<=\\S) (?=\\S)")) {
            if (!first && line.length() + 1 + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line.setLength(0);
                line.append(indent).append(word);
            } else {
                line.append(first ? "" : " ").append(word);
            }
            first = false;
        }
        return lines.append(line).append('\n').toString();
    }
}
