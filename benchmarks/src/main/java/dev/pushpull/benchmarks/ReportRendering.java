package dev.pushpull.benchmarks;

import dev.pushpull.experiment.Simulation;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a reader wait for the report of a large run? Six modes, 1,000 consumers, 60 s: its outcome comes from
 * virtual time and is as large as a live one. {@link #write} makes every file of the results folder, including the
 * page; {@link #read} is the first step of rendering it again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReportRendering {
    private static final int CONSUMERS = 1_000;
    private static final long RUN_NANOS = 60 * Scenarios.SECOND_NANOS;
    private static final List<String> MODES =
            List.of("polling", "conditional-polling", "adaptive-polling", "long-polling", "webhook", "hybrid");

    private RunRecord run;
    private Path folder;

    @Setup
    public void simulate() throws IOException, InterruptedException {
        Scenario scenario = Scenarios.of(MODES, CONSUMERS, 1, Scenarios.SECOND_NANOS / 2, RUN_NANOS);
        List<Outcome> outcomes = new Simulation()
                .run(scenario, MODES.stream().map(Scenarios::mode).toList(), 1, new Interruption(), RunListener.NONE);
        folder = Files.createTempDirectory("pushpull-benchmark");
        run = new RunRecord(
                RunRecord.SCHEMA_VERSION,
                "benchmark",
                "simulate",
                List.of("pushpull", "simulate"),
                "2026-01-01T00:00:00Z",
                RUN_NANOS,
                scenario,
                outcomes,
                RunRecord.Noise.none(),
                Map.of(),
                false,
                List.of());
        write();
    }

    @TearDown
    public void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public void write() throws IOException {
        RunResults.write(run, folder);
    }

    @Benchmark
    public RunRecord read() {
        return RunResults.read(folder);
    }
}
