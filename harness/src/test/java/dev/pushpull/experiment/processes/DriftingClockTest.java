package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.ComparisonTest;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.Outcome;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/** A host whose clock is 500,000 s ahead and runs faster by a thousandth, which is more than any quartz does. */
@Timeout(300)
@Tag("slow")
class DriftingClockTest {
    private static final long AHEAD_NANOS = 500_000L * 1_000_000_000;
    private static final double RATE = 1e-3;

    private final List<DeliveryMode> modes = HostRuns.modes("polling", "webhook");
    private final long baseNanos = System.nanoTime();
    private NetworkNamespaces hosts;

    @TempDir
    private Path folder;

    @BeforeEach
    void build() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "there is no gcc here");
        try (InputStream source = getClass().getResourceAsStream("/dev/pushpull/hosts/drifting-clock.c")) {
            Files.copy(source, folder.resolve("clock.c"));
        }
        Process compiler = new ProcessBuilder("gcc", "-shared", "-fPIC", "-O2", "-o", "clock.so", "clock.c")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        step(0);
        try {
            hosts = new NetworkNamespaces(3);
        } catch (UnsupportedOperationException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @AfterEach
    void takeAway() throws Exception {
        if (hosts != null) {
            hosts.close();
            HostRuns.await("no process is left", () -> HostRuns.parts(" on h").isEmpty());
        }
    }

    /** In place: the file is read all the time. */
    private void step(long nanos) throws Exception {
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("step").toFile(), "rw")) {
            file.write(number.putLong(nanos).array());
        }
    }

    private HostPlan plan() {
        return new HostPlan(
                "hosts.toml",
                List.of(
                        hosts.part(Role.PROVIDER, 1),
                        hosts.part(
                                Role.POLLER,
                                2,
                                "env",
                                "LD_PRELOAD=" + folder.resolve("clock.so"),
                                "CLOCK_BASE=" + (baseNanos + AHEAD_NANOS),
                                "CLOCK_RATE=" + 1e6 * RATE,
                                "CLOCK_STEP=" + folder.resolve("step"),
                                "unshare",
                                "-T",
                                "--monotonic",
                                Long.toString(AHEAD_NANOS / 1_000_000_000),
                                "-f"),
                        hosts.part(Role.RECEIVER, 3)));
    }

    /** What the provider's clock shows more than that of the host, when this host's shows that. */
    private double offset(long hereNanos) {
        return -AHEAD_NANOS - (hereNanos - baseNanos) * RATE;
    }

    @Test
    void theTruthLiesWithinTheBoundOfAClockThatDrifts() {
        Comparison.Result result = HostRuns.run(plan(), modes, HostRuns.scenario(modes, 4, 10));
        long overNanos = System.nanoTime();
        Outcome polling = result.outcomes().get(0);
        ComparisonTest.assertBalanced(polling);
        HostFigures.Clock clock = result.hosts().get(1).clock();
        assertThat(clock.known()).isTrue();
        assertThat(RATE / (1 + RATE) * -1e6)
                .as("the rate of the provider's clock against that of the host")
                .isBetween(clock.leastDriftMillionths(), clock.mostDriftMillionths());
        assertThat(clock.mostDriftMillionths()).as("it is seen to drift").isNegative();
        assertThat((double) clock.leastOffsetNanos())
                .as("the first and the last offset are within the bounds")
                .isGreaterThan(offset(overNanos) - clock.boundNanos())
                .isLessThan(clock.mostOffsetNanos() - RATE * TimeUnit.SECONDS.toNanos(9));
        assertThat((double) clock.mostOffsetNanos()).isLessThan(offset(baseNanos) + clock.boundNanos());
        assertThat(polling.latency().meanMillis().orElseThrow()).isBetween(20.0, 400.0);
    }

    @Test
    void aClockThatIsSetMeanwhileMakesTheRunInvalid() throws Exception {
        CompletableFuture<Comparison.Result> running =
                HostRuns.measuring(plan(), modes, HostRuns.scenario(modes, 4, 10));
        step(TimeUnit.MILLISECONDS.toNanos(50));
        Comparison.Result result = running.orTimeout(120, TimeUnit.SECONDS).join();
        assertThat(result.outcomes().get(0).invalid())
                .contains("a clock was set or changed its rate: that of the poller on h2 or of the provider on h1");
        assertThat(result.outcomes().get(1).invalid()).isEmpty();
    }
}
