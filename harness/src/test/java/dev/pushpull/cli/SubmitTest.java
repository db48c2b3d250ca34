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

/** Handing shards to Slurm, whose commands are played by scripts here; {@link SlurmTest} has the real ones. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "plays Slurm's commands by bash")
@Tag("live")
class SubmitTest {
    private static final String[] SMALL = {"simulate", "--consumers", "6", "--rate", "60/h", "--horizon", "4h"};

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
        Said said = submit("--shards", "2", "--submit", "slurm");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors())
                .isEqualTo("pushpull: --submit: sbatch is not to be found here; accepted: a host with Slurm's"
                        + " commands, or --shard i/N by hand and then merge DIR\n");
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void aDryRunPrintsBothScriptsAndWritesNothing() throws Exception {
        Said said = submit("--shards", "2", "--submit", "slurm", "--dry-run");
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.output())
                .contains("#SBATCH --array=1-2\n", "'--shard' \"$SLURM_ARRAY_TASK_ID/2\"", "'merge' '")
                .contains("--dependency=afterok:JOB");
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void submittedShardsEndWithTheFilesAndThePrintOfOneHost() throws Exception {
        play("sbatch", SBATCH);
        play("squeue", "");
        play("scontrol", "echo \"JobId=$5 JobState=COMPLETED ExitCode=0:0 BatchHost=h1\"");
        Said said = submit("--shards", "2", "--submit", "slurm", "--json");
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        Said one = Said.by(
                "",
                Stream.concat(Stream.of(SMALL), Stream.of("--json", "--out", alone()))
                        .toList());
        assertThat(said.output()).isEqualTo(one.output());
        ShardsTest.assertSame(Path.of(alone()), directory.resolve("run"));
    }

    @Test
    void aHostThatDoesNotSeeTheFolderIsNamed() throws Exception {
        play("sbatch", "echo 41");
        play("squeue", "");
        play("scontrol", "echo 'JobId=41 ArrayTaskId=2 JobState=FAILED ExitCode=73:0 BatchHost=h7'");
        Said said = submit("--shards", "2", "--submit", "slurm", "--quiet");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors())
                .startsWith("pushpull: --submit: h7 does not see " + directory.resolve("run/shards")
                        + "; accepted: --out DIR")
                .hasLineCount(1);
    }

    @Test
    void whatSlurmRefusesIsRefusedInItsOwnWords() throws Exception {
        play(
                "sbatch",
                "[ \"$1\" = --version ] && exit; echo 'sbatch: error: Batch job submission failed: Invalid job array' >&2; exit 1");
        Said said = submit("--shards", "2", "--submit", "slurm");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors()).contains("Invalid job array").hasLineCount(1);
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void ctrlCCancelsTheJobsAndSaysSo() throws Exception {
        play("sbatch", "echo 41");
        play("squeue", "echo 41_1; touch \"${0%/*}/asked\"");
        play("scancel", "echo \"$@\" >\"${0%/*}/cancelled\"");
        try (Program program = Program.start(
                directory,
                Map.of("PATH", directory + "/bin:/usr/bin:/bin"),
                words("--shards", "2", "--submit", "slurm"))) {
            while (!Files.exists(directory.resolve("bin/asked"))) {
                assertThat(program.isAlive()).as(program.errors()).isTrue();
                Thread.sleep(10);
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
                Thread.sleep(10);
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

    private Said submit(String... flags) {
        System.setProperty("pushpull.slurmCommands", directory.resolve("bin").toString());
        try {
            return Said.by("", List.of(words(flags)));
        } finally {
            System.clearProperty("pushpull.slurmCommands");
        }
    }

    private String[] words(String... flags) {
        return Stream.of(Stream.of(SMALL), Stream.of(flags), Stream.of("--out", directory + "/run"))
                .flatMap(some -> some)
                .toArray(String[]::new);
    }

    private void play(String command, String script) throws IOException {
        Path file = Files.createDirectories(directory.resolve("bin")).resolve(command);
        Files.writeString(file, "#!/bin/bash\n" + script);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }
}
