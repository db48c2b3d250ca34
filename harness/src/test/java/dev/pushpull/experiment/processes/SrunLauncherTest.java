package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Parts started by srun on three hosts of a real Slurm, which are network namespaces; skipped where these cannot be had. */
@Timeout(300)
@Tag("slow")
class SrunLauncherTest {
    private static final int CANNOT = 77;

    @TempDir
    private Path directory;

    private String control = "";

    @BeforeEach
    void up() throws Exception {
        try (InputStream script = getClass().getResourceAsStream("/dev/pushpull/cluster/slurm-hosts.sh")) {
            Files.copy(script, directory.resolve("hosts.sh"));
        }
        Path said = directory.resolve("said");
        int code = hosts("up", said, "3");
        Assumptions.assumeTrue(code != CANNOT, () -> "no Slurm here: " + read(said));
        assertThat(code).as(read(said)).isZero();
        control = read(said).strip();
    }

    @AfterEach
    void down() throws Exception {
        hosts("down", directory.resolve("ended"));
        HostRuns.await("no process is left", () -> HostRuns.parts(" on h").isEmpty());
    }

    private int hosts(String what, Path said, String... count) throws Exception {
        List<String> words = new java.util.ArrayList<>(
                List.of("bash", "hosts.sh", what, directory.resolve("slurm").toString()));
        words.addAll(List.of(count));
        return new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    private HostPart part(Role role, int host) {
        List<String> launcher = List.of(
                "env",
                "SLURM_CONF=" + directory.resolve("slurm/slurm.conf"),
                "nsenter",
                "--net=/run/netns/" + control,
                "srun",
                "-w",
                "h" + host,
                "-n1",
                "--unbuffered");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new HostPart(role, "h" + host, launcher, "10.77.0." + host, "10.77.0." + host, java, "");
    }

    private HostPlan plan() {
        return new HostPlan(
                "hosts.toml", List.of(part(Role.PROVIDER, 1), part(Role.POLLER, 2), part(Role.RECEIVER, 3)));
    }

    @Test
    void everyModeCountsWhatItDoesOnOneHost() throws Exception {
        HostRuns.assertAsOnOneHost(plan());
        HostRuns.await("no process is left", () -> HostRuns.parts(" on h").isEmpty());
    }

    @Test
    void aPartThatIsKilledBehindSrunEndsTheRunWithItsHost() throws Exception {
        List<DeliveryMode> modes = HostRuns.modes("polling", "webhook");
        CompletableFuture<Comparison.Result> running =
                HostRuns.measuring(plan(), modes, HostRuns.scenario(modes, 4, 120));
        HostRuns.signal(HostRuns.process("poller on h2"), "KILL");
        Comparison.Result result = running.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(result.lost())
                .hasValueSatisfying(lost -> assertThat(lost).startsWith("the poller on h2 ended before its time"));
        assertThat(result.outcomes())
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.latency().count()).isPositive());
        HostRuns.await("no process is left", () -> HostRuns.parts(" on h").isEmpty());
    }
}
