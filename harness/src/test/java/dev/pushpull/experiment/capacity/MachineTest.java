package dev.pushpull.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.experiment.capacity.PathSteps.Made;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.Spans;
import dev.pushpull.load.LoadDriver;
import dev.pushpull.scenario.Slo;
import dev.pushpull.testing.Children;
import dev.pushpull.testing.Eventually;
import dev.pushpull.testing.SharedClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is heard of the machine, with the real processes. */
@Tag("live")
@ExtendWith(SharedClasses.ForTheProgram.class)
class MachineTest {
    private static final NanoClock CLOCK = NanoClock.SYSTEM;
    private static final long MILLI = 1_000_000;

    @TempDir
    private Path directory;

    private static ProcessHandle child(String program) {
        return Children.running(program).get(0);
    }

    @Test
    void aMeterThatEndsLeavesOneStepUnknownAndTheThirdTimeAll() throws Exception {
        try (Machine machine = new Machine(OptionalDouble.of(50_000), 0, 20 * MILLI)) {
            assertThat(machine.speed()).isPositive();
            for (int death = 0; death < 2; death++) {
                assertThat(machine.stallsSince(CLOCK.nanoTime())).isPresent();
                kill();
                assertThat(machine.stallsSince(CLOCK.nanoTime())).isEmpty();
            }
            assertThat(machine.stallsSince(CLOCK.nanoTime())).isPresent();
            kill();
            assertThatThrownBy(() -> machine.stallsSince(CLOCK.nanoTime()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ended 3 times");
        }
    }

    private static void kill() throws Exception {
        ProcessHandle meter = child("MeterProcess");
        meter.destroyForcibly();
        Eventually.eventually("it has ended", () -> !meter.isAlive());
    }

    @Test
    void aStopOfServerAndDriverIsHeardAndOneOfTheServerAloneIsNot() throws Exception {
        Capacity.Setting setting = new Capacity.Setting(
                Slo.parse("--slo", "p99<20ms"),
                LoadDriver.Kind.UNDERTOW,
                4,
                MILLI,
                100,
                directory,
                false,
                OptionalDouble.empty());
        try (PathProcesses processes = new PathProcesses(CapacityPath.POLL_EMPTY, setting)) {
            ProcessHandle server = child("ServerProcess");
            ProcessHandle driver = child("DriverProcess");
            Stop both = stopped(processes, server, driver);
            assertThat(both.heard()).as("of %s", both).isGreaterThan(both.nanos() / 2);
            Stop alone = stopped(processes, server);
            assertThat(alone.heard()).as("of %s", alone).isLessThan(alone.nanos() / 2);
        }
    }

    /**
     * A stop in the middle of a step.
     *
     * @param made the step
     */
    private record Stop(long fromNanos, long untilNanos, Made made) {
        long nanos() {
            return untilNanos - fromNanos;
        }

        long heard() {
            return made.heard().within(fromNanos, untilNanos); // a collection under way would be cut out of the stalls
        }
    }

    private static Stop stopped(PathProcesses processes, ProcessHandle... those) throws Exception {
        CompletableFuture<Made> step = CompletableFuture.supplyAsync(() -> {
            try {
                return processes.step(500, 0, 600 * MILLI);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        TimeUnit.MILLISECONDS.sleep(250);
        long from = CLOCK.nanoTime();
        signal("STOP", those);
        from = Math.max(from, CLOCK.nanoTime());
        TimeUnit.MILLISECONDS.sleep(60);
        long until = CLOCK.nanoTime();
        signal("CONT", those);
        return new Stop(from, until, step.get());
    }

    private static void signal(String name, ProcessHandle... those) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("kill", "-" + name));
        for (ProcessHandle one : those) {
            command.add(Long.toString(one.pid()));
        }
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    @Test
    void pausesOfOurOwnAreNoStallsWhoeverHeardThem() {
        Spans byMeter = span(100, 130);
        Spans byBoth = span(200, 240);
        Spans own = span(90, 120).or(span(195, 250));
        Made made = new Made(null, null, null, byBoth, own);
        assertThat(made.stalls(byMeter)).isEqualTo(span(120, 130));
    }

    private static Spans span(long fromMillis, long untilMillis) {
        return Spans.of(List.of(new Spans.Span(fromMillis * MILLI, untilMillis * MILLI)));
    }
}
