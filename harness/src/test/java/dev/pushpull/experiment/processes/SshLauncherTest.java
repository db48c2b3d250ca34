package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** Parts started by ssh: a server of our own on loopback, with keys of its own. */
@Timeout(300)
@Tag("slow")
class SshLauncherTest {
    private static final Path SERVER = Path.of("/usr/sbin/sshd");

    @TempDir
    private Path folder;

    private Process server;
    private int port;

    @BeforeEach
    void serve() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(SERVER), "there is no sshd here");
        for (String key : List.of("host", "user")) {
            run(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    folder.resolve(key).toString());
        }
        Files.copy(folder.resolve("user.pub"), folder.resolve("authorized"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(Path.of("/run/sshd"));
        Path settings = Files.writeString(
                folder.resolve("settings"),
                "ListenAddress 127.0.0.1:%d\nHostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nUsePAM no\nPidFile none\n"
                        .formatted(port, folder.resolve("host"), folder.resolve("authorized")));
        server = new ProcessBuilder(SERVER.toString(), "-D", "-e", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        HostRuns.await("the server answers", this::answers);
    }

    private boolean answers() {
        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (java.io.IOException e) {
            Assumptions.assumeTrue(server.isAlive(), "no sshd can be run here");
            return false;
        }
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
    }

    private static void run(String... words) throws Exception {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }

    private HostPart part(Role role, String address) {
        List<String> launcher = List.of(
                "ssh",
                "-p",
                Integer.toString(port),
                "-i",
                folder.resolve("user").toString(),
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                "127.0.0.1");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new HostPart(role, "s" + role.word(), launcher, address, address, java, "");
    }

    private HostPlan plan() {
        return new HostPlan(
                "hosts.toml",
                List.of(
                        part(Role.PROVIDER, "127.0.0.1"),
                        part(Role.POLLER, "127.0.1.1"),
                        part(Role.RECEIVER, "127.0.2.1")));
    }

    @Test
    void everyModeCountsWhatItDoesOnOneHost() throws Exception {
        HostRuns.assertAsOnOneHost(plan());
        HostRuns.await("no process is left", () -> HostRuns.parts(" on s").isEmpty());
    }

    @Test
    void aPartThatIsStoppedBehindSshIsEndedThere() throws Exception {
        List<DeliveryMode> modes = HostRuns.modes("polling", "webhook");
        CompletableFuture<Comparison.Result> running =
                HostRuns.measuring(plan(), modes, HostRuns.scenario(modes, 4, 120));
        HostRuns.signal(HostRuns.process("receiver on sreceiver"), "STOP");
        Comparison.Result result = running.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(result.lost()).contains("the receiver on sreceiver said nothing for 5 s");
        HostRuns.await("no process is left", () -> HostRuns.parts(" on s").isEmpty());
    }
}
