package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program that started the parts is gone, or cannot be heard. */
@Timeout(300)
@Tag("slow")
class CoordinatorLostTest {
    /** It has a thread that watches over it. */
    private static boolean isLeased(ProcessHandle part) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + part.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).strip().equals("lease")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP"})
    void itsPartsEndWithinTheirLease(String signal, @TempDir Path folder) throws Exception {
        Path hosts = Files.writeString(
                folder.resolve("hosts.toml"),
                "[provider]\nhost = 'q1'\n[[poller]]\nhost = 'q2'\naddress = '127.0.1.1'\n");
        Process program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dpushpull.longestWarmUpMillis=300",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.pushpull.cli.Main",
                        "compare",
                        "--mode",
                        "polling",
                        "--hosts",
                        hosts.toString(),
                        "--duration",
                        "100s",
                        "--out",
                        folder.resolve("out").toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            HostRuns.await("both parts have a lease", () -> {
                List<ProcessHandle> parts = HostRuns.parts(" on q");
                return parts.size() == 2 && parts.stream().allMatch(CoordinatorLostTest::isLeased);
            });
            HostRuns.signal(program.toHandle(), signal);
            HostRuns.await(
                    "both parts have ended", () -> HostRuns.parts(" on q").isEmpty());
            assertThat(program.isAlive()).isEqualTo(signal.equals("STOP"));
        } finally {
            program.destroyForcibly();
        }
    }
}
