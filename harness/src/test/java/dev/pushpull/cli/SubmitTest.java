package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Handing shards to Slurm, whose commands are played by scripts here; {@link SlurmTest} has the real ones. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "plays Slurm's commands by bash")
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class SubmitTest {
    private static final String[] SMALL = {"simulate", "--consumers", "30", "--rate", "100/h", "--horizon", "10d"};

    /** Runs what is submitted at once. */
    private static final String SBATCH = """
            [ "$1" = --version ] && exit
            case "${@: -1}" in
                *array*) for i in 1 2; do SLURM_ARRAY_TASK_ID=$i bash "${@: -1}"; done; echo 41 ;;
                *) bash "${@: -1}"; echo "$?" >"${0%/*}/code"; echo "42;cluster" ;;
            esac
            """;

    @TempDir
    private Path directory;

    @Test
    void whereThereIsNoSlurmTheWayByHandIsNamed() throws Exception {
        try (Program program = submit("--shards", "2", "--submit", "slurm")) {
            assertThat(program.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(program.errors())
                    .isEqualTo("pushpull: --submit: sbatch is not to be found here; accepted: a host with Slurm's"
                            + " commands, or --shard i/N by hand and then merge DIR\n");
            assertThat(directory.resolve("run")).doesNotExist();
        }
    }

    @Test
    void aDryRunPrintsBothScriptsAndWritesNothing() throws Exception {
        try (Program program = submit("--shards", "2", "--submit", "slurm", "--dry-run")) {
            assertThat(program.exitCode()).as(program.errors()).isEqualTo(ExitCode.DONE);
            assertThat(program.output())
                    .contains("#SBATCH --array=1-2\n", "'--shard' \"$SLURM_ARRAY_TASK_ID/2\"", "'merge' '")
                    .contains("--dependency=afterok:JOB");
            assertThat(directory.resolve("run")).doesNotExist();
        }
    }

    @Test
    void submittedShardsEndWithTheFilesAndThePrintOfOneHost() throws Exception {
        play("sbatch", SBATCH);
        play("squeue", "");
        play("scontrol", "echo \"JobId=$5 JobState=COMPLETED ExitCode=0:0 BatchHost=h1\"");
        try (Program program = submit("--shards", "2", "--submit", "slurm", "--json")) {
            assertThat(program.exitCode()).as(program.errors()).isEqualTo(ExitCode.DONE);
            Said one = Said.by(
                    "",
                    Stream.concat(Stream.of(SMALL), Stream.of("--json", "--out", alone()))
                            .toList());
            assertThat(program.output()).isEqualTo(one.output());
            ShardsTest.assertSame(Path.of(alone()), directory.resolve("run"));
        }
    }

    @Test
    void aHostThatDoesNotSeeTheFolderIsNamed() throws Exception {
        play("sbatch", "echo 41");
        play("squeue", "");
        play("scontrol", "echo 'JobId=41 ArrayTaskId=2 JobState=FAILED ExitCode=73:0 BatchHost=h7'");
        try (Program program = submit("--shards", "2", "--submit", "slurm", "--quiet")) {
            assertThat(program.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(program.errors())
                    .startsWith("pushpull: --submit: h7 does not see " + directory.resolve("run/shards")
                            + "; accepted: --out DIR")
                    .hasLineCount(1);
        }
    }

    @Test
    void whatSlurmRefusesIsRefusedInItsOwnWords() throws Exception {
        play(
                "sbatch",
                "[ \"$1\" = --version ] && exit; echo 'sbatch: error: Batch job submission failed: Invalid job array' >&2; exit 1");
        try (Program program = submit("--shards", "2", "--submit", "slurm")) {
            assertThat(program.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(program.errors()).contains("Invalid job array").hasLineCount(1);
            assertThat(directory.resolve("run")).doesNotExist();
        }
    }

    @Test
    void ctrlCCancelsTheJobsAndSaysSo() throws Exception {
        play("sbatch", "echo 41");
        play("squeue", "echo 41_1; touch \"${0%/*}/asked\"");
        play("scancel", "echo \"$@\" >\"${0%/*}/cancelled\"");
        try (Program program = submit("--shards", "2", "--submit", "slurm")) {
            while (!Files.exists(directory.resolve("bin/asked"))) {
                assertThat(program.isAlive()).as(program.errors()).isTrue();
                Thread.onSpinWait();
            }
            program.signal("INT");
            assertThat(program.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(program.errors()).contains("cancelled jobs 41 and 41");
            assertThat(directory.resolve("bin/cancelled")).hasContent("41 41");
        }
    }

    @Test
    void aShardThatIsKilledLeavesNothingHalfAndCanBeRunAgain() throws Exception {
        String[] endless = {
            "simulate", "--consumers", "1000", "--rate", "1000/d", "--horizon", "3650d", "--shard", "1/60"
        };
        String[] flags = {"--out", directory.resolve("run").toString()};
        Path shards = directory.resolve("run/shards");
        try (Program program = Program.start(
                directory, Stream.concat(Stream.of(endless), Stream.of(flags)).toArray(String[]::new))) {
            while (!Files.isDirectory(shards) || names(shards).isEmpty()) {
                assertThat(program.isAlive()).as(program.errors()).isTrue();
                Thread.onSpinWait();
            }
            program.signal("KILL");
            program.exitCode();
        }
        assertThat(names(shards)).allMatch(name -> name.startsWith("."));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private String alone() {
        return directory.resolve("alone/run").toString();
    }

    private Program submit(String... flags) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        boolean played = Files.exists(bin.resolve("sbatch"));
        String[] words = Stream.of(Stream.of(SMALL), Stream.of(flags), Stream.of("--out", directory + "/run"))
                .flatMap(some -> some)
                .toArray(String[]::new);
        return Program.start(directory, Map.of("PATH", bin + (played ? ":/usr/bin:/bin" : "")), words);
    }

    private void play(String command, String script) throws IOException {
        Path file = Files.createDirectories(directory.resolve("bin")).resolve(command);
        Files.writeString(file, "#!/bin/bash\n" + script);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }
}
