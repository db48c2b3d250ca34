package dev.pushpull.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = "bashIsThere", disabledReason = "there is no /bin/bash")
class SlurmScriptsTest {
    /** Every character that a shell might take for its own. */
    private static final String ODD = "a b'c\"d$(e)`f`;g&h|i\\j*%k";

    @TempDir
    private Path directory;

    static boolean bashIsThere() {
        return Files.isExecutable(Path.of("/bin/bash"));
    }

    @Test
    void bothScriptsAreBash() throws Exception {
        SlurmScripts scripts = scripts();
        assertThat(bash("-n", scripts.arrayJob())).isZero();
        assertThat(bash("-n", scripts.mergeJob())).isZero();
        assertThat(scripts.arrayJob()).startsWith("#!/bin/bash\n#SBATCH").contains("--array=1-300\n", "--requeue\n");
        assertThat(scripts.mergeJob()).contains("--kill-on-invalid-dep=yes");
    }

    @Test
    void aTaskRunsItsShardWithEveryWordAsItWasTyped() throws Exception {
        Path folder = shared();
        assertThat(bash("SLURM_ARRAY_TASK_ID=7", scripts().arrayJob())).isEqualTo(5);
        assertThat(Files.readString(folder.resolve("7.log"))).isEqualTo("<" + ODD + "><--shard><7/300>\n");
    }

    @Test
    void theMergeRunsWithEveryWordAsItWasTyped() throws Exception {
        Path folder = shared();
        assertThat(bash("", scripts().mergeJob())).isZero();
        assertThat(Files.readString(folder.resolve("merge.log"))).isEqualTo("<merge><" + ODD + ">\n");
    }

    @Test
    void aHostThatDoesNotSeeTheFolderOrTheProgramSaysSoByItsExitCode() throws Exception {
        assertThat(bash("SLURM_ARRAY_TASK_ID=7", scripts().arrayJob())).isEqualTo(SlurmScripts.NOT_SHARED);
        Path folder = shared();
        Files.delete(directory.resolve("program.jar"));
        assertThat(bash("SLURM_ARRAY_TASK_ID=7", scripts().arrayJob())).isEqualTo(SlurmScripts.NO_PROGRAM);
        assertThat(folder.resolve("7.log")).doesNotExist();
    }

    private Path shared() throws IOException {
        Files.writeString(directory.resolve("program.jar"), "");
        Path folder = Files.createDirectories(directory.resolve(ODD.replace("/", "")));
        Files.writeString(folder.resolve("marker"), "");
        return folder;
    }

    private SlurmScripts scripts() {
        Path folder = directory.resolve(ODD);
        return new SlurmScripts(
                directory,
                folder,
                folder.resolve("marker"),
                directory.resolve("program.jar"),
                300,
                List.of("/bin/bash", "-c", "printf '<%s>' \"$@\"; echo; exit 5", "name", ODD, "--shard"),
                List.of("/bin/bash", "-c", "printf '<%s>' \"$@\"; echo", "name", "merge", ODD));
    }

    /** @param how {@code -n}, or a variable to be set */
    private int bash(String how, String script) throws Exception {
        Path file = Files.writeString(directory.resolve("script"), script);
        ProcessBuilder bash = how.equals("-n")
                ? new ProcessBuilder("/bin/bash", "-n", file.toString())
                : new ProcessBuilder("/bin/bash", file.toString());
        if (how.contains("=")) {
            bash.environment().put(how.substring(0, how.indexOf('=')), how.substring(how.indexOf('=') + 1));
        }
        return bash.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
