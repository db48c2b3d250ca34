package dev.pushpull.cli;

import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flags that say where results go and what is printed. */
@FlagGroup.In(FlagGroup.RESULTS)
final class OutputFlags {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Results folder, new or empty (default: results/<time>-COMMAND).")
    private Path out;

    @Option(names = "--quiet", description = "Print errors only.")
    private boolean quiet;

    @Option(names = "--json", description = "Print only a summary, as one JSON object.")
    private boolean json;

    /** Reserves the folder. */
    ResultsFolder reserve(String command, Instant startedAt) {
        return ResultsFolder.create(Optional.ofNullable(out), Path.of("").toAbsolutePath(), command, startedAt);
    }

    /** Where merged results go: to the named folder, or beside the shards. */
    ResultsFolder mergedInto(Path shards, String command) {
        return namesFolder() ? reserve(command, Instant.now()) : ResultsFolder.existing(shards);
    }

    /** Everything that a command writes into its results folder. */
    interface Writing {
        void to(Path folder) throws IOException;
    }

    /**
     * Writes the results. If that fails, says so and lets the caller print the figures: they may have taken hours, and
     * a full disk should not hide them.
     *
     * @return the folder, if everything was written
     */
    static Optional<Path> written(ResultsFolder folder, Writing results) {
        try {
            results.to(folder.path());
            folder.pointLatest();
            return Optional.of(folder.path());
        } catch (IOException | UncheckedIOException e) {
            System.err.println(
                    "pushpull: the results could not be written to " + folder.path() + ": " + Failures.sentence(e));
            return Optional.empty();
        }
    }

    /** The folder that was named, in which others may have written already. */
    Optional<Path> named() {
        return Optional.ofNullable(out).map(path -> path.toAbsolutePath().normalize());
    }

    /** Whether a folder was named. */
    boolean namesFolder() {
        return out != null;
    }

    /** Whether to show progress: on a terminal, unless it was switched off. */
    Progress progress() {
        return new Progress(!quiet && !json && Terminal.errorIsTerminal());
    }

    boolean json() {
        return json;
    }

    /** Whether only errors should be printed. */
    boolean quiet() {
        return quiet;
    }

    /** Whether the report for people should be printed. */
    boolean report() {
        return !quiet && !json;
    }

    /** The command line, ready to be typed again, without secrets. */
    static List<String> typed(CommandSpec spec, String command) {
        List<String> given = spec.commandLine().getParseResult().originalArgs();
        List<String> words = new ArrayList<>(List.of("scripts/pushpull", command));
        boolean named = given.contains(command);
        words.addAll(given.stream()
                .dropWhile(word -> named && !word.equals(command))
                .skip(named ? 1 : 0)
                .toList());
        return SecretFlags.shown(spec, words);
    }
}
