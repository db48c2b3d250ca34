package dev.pushpull.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a script with which a shell completes commands and flags. */
@Command(
        header = "Print the completion script for bash and zsh.",
        name = "completion",
        description = "Prints a script that makes bash or zsh complete commands, flags and their values.",
        footer = {
            "",
            "Examples:",
            "  pushpull completion > ~/.pushpull-completion",
            "  source <(scripts/pushpull completion)",
            "",
            "Exit codes: 0 done, 2 usage."
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        System.out.print(AutoComplete.bash("pushpull", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
