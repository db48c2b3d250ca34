package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulations by a real Slurm, with network namespaces for hosts; skipped where these cannot be had. */
@Tag("slow")
class SlurmTest {
    private static final String COMMAND =
            "simulate --mode polling,webhook,hybrid --consumers 600 --rate 200/d --interval 5m --horizon 365d";
    private static final int CANNOT = 77;

    @TempDir
    private Path directory;

    private String control = "";

    @AfterEach
    void leaveNothingRunning() throws Exception {
        if (Files.exists(directory.resolve("hosts.sh"))) {
            Shell.run(directory, Map.of(), "bash hosts.sh down " + directory.resolve("slurm"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theResultIsThatOfOneHost(int hosts) throws Exception {
        up(hosts);
        alone();
        Said said = submitted();
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        ShardsTest.assertSame(directory.resolve("alone/run"), directory.resolve("run"));

        Files.delete(directory.resolve("run/shards/000004-of-000006.shard"));
        Said merged = Said.by("", List.of("merge", directory.resolve("run").toString()));
        assertThat(merged.errors()).contains("shard 4/6 is missing");
        assertThat(merged.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aShardThatIsKilledIsQueuedAgainAndComesToTheSame() throws Exception {
        up(3);
        alone();
        Thread killer = new Thread(() -> {
            Optional<ProcessHandle> shard = Optional.empty();
            while (shard.isEmpty() && !Thread.interrupted()) {
                shard = ProcessHandle.allProcesses()
                        .filter(process -> hasBegun())
                        .filter(process -> isShard(process.pid()))
                        .findFirst();
            }
            shard.ifPresent(ProcessHandle::destroyForcibly);
        });
        killer.start();
        Said said = submitted();
        killer.interrupt();
        killer.join();
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(directory.resolve("run/shards/2.log")))
                .as("it began twice")
                .containsPattern("(?s)Picked up.*Picked up");
        ShardsTest.assertSame(directory.resolve("alone/run"), directory.resolve("run"));
    }

    /** By the kernel's own file: Java tells no command line that is longer than a page. */
    private boolean isShard(long pid) {
        try {
            String words = Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
            return words.contains(directory + "/run ") && words.contains("--shard 2/6");
        } catch (IOException e) { // it is gone
            return false;
        }
    }

    /** One that is killed before it says anything would not be seen to have begun. */
    private boolean hasBegun() {
        try {
            Path log = directory.resolve("run/shards/2.log");
            return Files.exists(log) && Files.readString(log).contains("Picked up");
        } catch (IOException e) {
            return false;
        }
    }

    private void up(int hosts) throws Exception {
        try (InputStream script = SlurmTest.class.getResourceAsStream("/dev/pushpull/cluster/slurm-hosts.sh")) {
            Files.copy(script, directory.resolve("hosts.sh"));
        }
        Said said = Shell.run(
                directory, Map.of(), "bash hosts.sh up " + directory.resolve("slurm") + " " + hosts + " </dev/null");
        Assumptions.assumeTrue(said.exitCode() != CANNOT, "no Slurm here: " + said.errors());
        assertThat(said.exitCode()).as(said.errors()).isZero();
        control = said.output().strip();
    }

    private void alone() throws IOException {
        List<String> words = new ArrayList<>(List.of(COMMAND.split(" ")));
        words.addAll(List.of("--quiet", "--out", directory.resolve("alone/run").toString()));
        assertThat(Said.by("", words).exitCode()).isZero();
    }

    private Said submitted() throws Exception {
        return Shell.run(
                directory,
                Map.of("SLURM_CONF", directory.resolve("slurm/slurm.conf").toString()),
                "exec nsenter --net=/run/netns/%s %s %s --shards 6 --submit slurm --out '%s'"
                        .formatted(control, Shell.program(), COMMAND, directory.resolve("run")),
                running -> untilMerged());
    }

    /** Slurm lets a task that was queued again wait for two minutes. */
    private void untilMerged() {
        long untilNanos = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (!Files.exists(directory.resolve("run/run.json")) && System.nanoTime() < untilNanos) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
