package dev.pushpull.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The manual page {@code pushpull(1)}: every command with its flags, from the command line's own definitions, in the
 * macros of man(7). {@code scripts/release} prints it with {@link #main}.
 */
final class ManualPage {
    private final StringBuilder page = new StringBuilder();

    private ManualPage() {}

    public static void main(String[] arguments) {
        Main.prepare();
        System.out.print(text());
    }

    static String text() {
        return new ManualPage().written();
    }

    private String written() {
        CommandLine program = Main.commandLine();
        CommandSpec top = program.getCommandSpec();
        line(".TH PUSHPULL 1 \"\" \"pushpull " + PushPull.Version.text() + "\" \"User commands\"");
        line(".SH NAME");
        line("pushpull \\- measures polling against webhooks and streams");
        line(".SH SYNOPSIS");
        line(".B pushpull");
        line(".I COMMAND");
        line("[\\fIFLAGS\\fR]");
        line(".SH DESCRIPTION");
        words(top.usageMessage().description());
        line(".PP");
        words("Durations are written 250ms, 5s, 2m, 1h, 7d; rates 2/s, 30/m, 5/h, 40/d; sizes 512B, 1KiB, 2MiB.");
        examples(top);
        for (String name : PushPull.commands(program)) {
            command(program.getSubcommands().get(name).getCommandSpec());
        }
        line(".SH EXIT STATUS");
        exitCodes(top);
        return page.toString();
    }

    private void command(CommandSpec spec) {
        line(".SH \"" + spec.name().toUpperCase() + "\"");
        line(".B " + escaped(HelpLayout.synopsis(spec)));
        line(".PP");
        words(spec.usageMessage().description());
        examples(spec);
        spec.positionalParameters().forEach(parameter -> {
            line(".TP");
            line(".I " + escaped(parameter.paramLabel()));
            words(parameter.description());
        });
        HelpLayout.groups(spec).forEach((group, options) -> {
            line(".SS \"" + group.title() + "\"");
            options.forEach(this::flag);
        });
        line(".PP");
        exitCodes(spec);
    }

    private void flag(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR";
        line(".TP");
        line(Arrays.stream(option.names())
                .map(name -> "\\fB" + escaped(name) + "\\fR" + value)
                .collect(Collectors.joining(", ")));
        words(option.description());
    }

    private void examples(CommandSpec spec) {
        List<String> typed = HelpLayout.examples(spec).stream()
                .filter(line -> line.startsWith("  "))
                .toList();
        if (!typed.isEmpty()) {
            line(".PP");
            line("Examples:");
            line(".PP");
            line(".nf");
            typed.forEach(example -> words("    " + example.substring(2)));
            line(".fi");
        }
    }

    private void exitCodes(CommandSpec spec) {
        words(HelpLayout.exitCodes(spec).toArray(String[]::new));
    }

    /** Text as picocli takes it, where a percent sign is doubled. */
    private void words(String... text) {
        String all = escaped(String.join(" ", text).replace("%%", "%").replace("%n", " "));
        line(all.startsWith(".") || all.startsWith("'") ? "\\&" + all : all); // else it would be a request
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    }
}
