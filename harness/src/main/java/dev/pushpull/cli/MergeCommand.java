package dev.pushpull.cli;

import dev.pushpull.experiment.shards.ShardFolder;
import dev.pushpull.experiment.shards.ShardOrigin;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code merge}: makes one run of the shards that many processes simulated. */
@Command(
        header = "Put the shards of a simulation together.",
        name = "merge",
        sortOptions = false,
        description =
                "Makes the results of simulate or sweep --simulate from the shards that --shard i/N wrote to DIR: the "
                        + "same figures, bit for bit, as one host gives with the same seed. Refuses when a shard is missing, "
                        + "damaged, or of another scenario, seed or version. Writes to DIR itself unless --out names another "
                        + "folder.",
        footer = {
            "",
            "Examples:",
            "  pushpull merge /shared/run",
            "  pushpull merge /shared/run --out results/billion",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 3 the run is invalid, 4 an assertion failed."
        })
final class MergeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The results folder that the shards were given with --out.")
    private Path directory;

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Override
    public Integer call() throws IOException {
        Path results = directory.toAbsolutePath().normalize();
        ShardOrigin origin = ShardFolder.existing(results)
                .origin()
                .orElseThrow(() -> Quantity.wrong("DIR", directory.toString(), "a folder with shards"));
        List<String> words = origin.words();
        if (!origin.program().equals(ShardedWork.program())) {
            throw new InvalidInputException(
                    "%s: the shards are of pushpull %s, and this is %s; accepted: the same program"
                            .formatted(results, origin.program(), ShardedWork.program()));
        }
        CommandLine top = Main.commandLine(words.toArray(String[]::new));
        ParseResult parsed = top.parseArgs(words.toArray(String[]::new));
        CommandLine command = parsed.subcommand().commandSpec().commandLine();
        if (command.getCommandSpec().userObject() instanceof ShardedWork.Command sharded) {
            return sharded.merge(results, output);
        }
        throw Quantity.wrong("DIR", directory.toString(), "shards of simulate or sweep");
    }
}
