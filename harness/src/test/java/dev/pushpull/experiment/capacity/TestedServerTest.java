package dev.pushpull.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.NanoClock;
import dev.pushpull.load.LoadDriver;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import dev.pushpull.signing.StandardWebhooks;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every path with its server and each driver, all in this process. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class TestedServerTest {
    private static final long MILLISECOND = 1_000_000;
    private static final int CONNECTIONS = 3;
    private static final int PAYLOAD_BYTES = 300;
    private static final NanoClock CLOCK = NanoClock.SYSTEM;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void whatIsDueIsAnsweredByTheServerOfThePath(CapacityPath path) throws Exception {
        for (LoadDriver.Kind kind : EnumSet.allOf(LoadDriver.Kind.class)) {
            String secret = new StandardWebhooks().newSecret();
            String database = directory.resolve(kind.id() + ".db").toString();
            try (TestedServer server = TestedServer.started(
                            new ServerProcess.Setup(path, "127.0.0.1", PAYLOAD_BYTES, CONNECTIONS, secret, database),
                            CLOCK);
                    LoadDriver driver = kind.open(
                            server.address(),
                            path.request(TestedServer.body(PAYLOAD_BYTES), secret),
                            CONNECTIONS,
                            CLOCK)) {
                for (int run = 0; run < 2; run++) {
                    LoadStep step = new LoadStep(CLOCK.nanoTime() + 20 * MILLISECOND, 100, 0, 200 * MILLISECOND);
                    CompletableFuture<Long> cpuNanos = CompletableFuture.supplyAsync(() -> served(server, step));
                    LoadResult result = driver.run(step);
                    server.settle();
                    // counted by ticks of ten milliseconds: such a short step may see none
                    assertThat(cpuNanos.get()).isNotNegative();
                    assertThat(result.due()).isEqualTo(20);
                    assertThat(result.failed()).isZero();
                    assertThat(result.answered()).isPositive();
                    assertThat(result.answered() + result.unanswered()).isEqualTo(20);
                    if (path != CapacityPath.LONG_POLL && result.unanswered() == 0) {
                        assertThat(server.requests()).isEqualTo(result.sent());
                    }
                }
            }
        }
    }

    private static long served(TestedServer server, LoadStep step) {
        try {
            return server.serve(step);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
