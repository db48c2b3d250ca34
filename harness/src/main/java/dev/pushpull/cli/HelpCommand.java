package dev.pushpull.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: the same as {@code --help}, for people who type it as a command. */
@Command(
        header = "Show help for a command.",
        name = "help",
        description = "Shows help for all commands, or for one.",
        footer = {"", "Examples:", "  pushpull help", "  pushpull help compare", "", "Exit codes: 0 done, 2 usage."})
final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command (default: all).")
    private String command;

    @Override
    public Integer call() {
        CommandLine top = spec.root().commandLine();
        Map<String, CommandLine> commands = top.getSubcommands();
        if (command != null && !commands.containsKey(command)) {
            throw Names.unknown("command", command, PushPull.commands(top));
        }
        (command == null ? top : commands.get(command)).usage(System.out);
        return ExitCode.DONE;
    }
}
