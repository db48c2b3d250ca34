import com.sun.management.OperatingSystemMXBean;
import io.hyperfoil.api.config.Benchmark;
import io.hyperfoil.api.config.BenchmarkData;
import io.hyperfoil.api.config.Phase;
import io.hyperfoil.api.session.PhaseInstance;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.core.parser.BenchmarkParser;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Drives Hyperfoil from the command line as its own wrk and wrk2 commands do, which are not on Maven Central: one thread,
 * shared connections, a warm-up phase and a measured one. With --rate it is an open loop, else as many users as
 * connections ask one after another. Prints one line of JSON.
 */
final class HyperfoilDriver {
    private static final String MEASURED = "measured";
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private HyperfoilDriver() {}

    /** Reads the clocks where the measured phase begins and where it ends. */
    private static final class Runner extends LocalSimulationRunner {
        private volatile long fromNanos;
        private volatile long untilNanos;
        private volatile long cpuNanos;

        Runner(Benchmark benchmark, Totals totals) {
            super(
                    benchmark,
                    (phase, step, metric, snapshot, countDown) ->
                            totals.add(phase.name(), snapshot.histogram, snapshot.requestCount, failed(snapshot)),
                    null,
                    null);
        }

        private static long failed(StatisticsSnapshot snapshot) {
            return snapshot.errors() + snapshot.invalid;
        }

        @Override
        protected CompletableFuture<Void> phaseChanged(
                Phase phase, PhaseInstance.Status status, boolean successful, Throwable error) {
            if (phase.name().equals(MEASURED)) {
                if (status == PhaseInstance.Status.RUNNING) {
                    fromNanos = System.nanoTime();
                    cpuNanos = -PROCESS.getProcessCpuTime();
                } else if (status == PhaseInstance.Status.FINISHED) {
                    untilNanos = System.nanoTime();
                    cpuNanos += PROCESS.getProcessCpuTime();
                }
            }
            return super.phaseChanged(phase, status, successful, error);
        }
    }

    /** What the phases came to; told of second by second. */
    private static final class Totals {
        private final Histogram latency = new Histogram(3);
        private long requests;
        private long sent;
        private long errors;

        synchronized void add(String phase, Histogram histogram, long count, long failed) {
            sent += count;
            if (phase.equals(MEASURED)) {
                latency.add(histogram);
                requests += count;
                errors += failed;
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> flags = new HashMap<>();
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (arguments[i].equals("--header")) {
                headers.add(arguments[i + 1]);
            } else {
                flags.put(arguments[i], arguments[i + 1]);
            }
        }
        String yaml = benchmark(flags, headers);
        Benchmark benchmark = BenchmarkParser.instance()
                .buildBenchmark(
                        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                        BenchmarkData.EMPTY,
                        Map.of());
        Totals totals = new Totals();
        Runner runner = new Runner(benchmark, totals);
        runner.run();
        if (flags.containsKey("--hlog")) {
            write(totals.latency, flags.get("--hlog"));
        }
        double seconds = (runner.untilNanos - runner.fromNanos) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "{\"requests\":%d,\"sent\":%d,\"seconds\":%.6f,\"requests_per_second\":%.3f,"
                        + "\"p50_ms\":%.6f,\"p99_ms\":%.6f,\"errors\":%d,\"cpu_us\":%.4f}%n",
                totals.requests,
                totals.sent,
                seconds,
                totals.requests / seconds,
                totals.latency.getValueAtPercentile(50) / 1e6,
                totals.latency.getValueAtPercentile(99) / 1e6,
                totals.errors,
                runner.cpuNanos / 1e3 / Math.max(1, totals.requests));
        System.exit(0);
    }

    private static String benchmark(Map<String, String> flags, List<String> headers) throws IOException {
        URI url = URI.create(flags.get("--url"));
        String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        String connections = flags.get("--connections");
        StringBuilder request = new StringBuilder("[{load: [{httpRequest: {");
        request.append(flags.getOrDefault("--method", "GET")).append(": ").append(quoted(path));
        if (flags.containsKey("--body")) {
            request.append(", body: ").append(quoted(Files.readString(Path.of(flags.get("--body")))));
        }
        if (!headers.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            for (String header : headers) {
                String[] parts = header.split(": *", 2);
                pairs.add(quoted(parts[0]) + ": " + quoted(parts[1]));
            }
            request.append(", headers: {").append(String.join(", ", pairs)).append("}");
        }
        request.append(", metric: answers}}]}]");
        String load = flags.containsKey("--rate")
                ? "constantRate: {usersPerSec: %s, variance: false, maxSessions: %s"
                        .formatted(flags.get("--rate"), Math.max(1000, 2 * Integer.parseInt(connections)))
                : "always: {users: %s".formatted(connections);
        return """
                name: peer
                threads: 1
                http:
                  host: http://%s:%d
                  sharedConnections: %s
                phases:
                - warm-up:
                    %s, duration: %s, scenario: %s}
                - measured:
                    %s, startAfter: warm-up, duration: %s, scenario: %s}
                """
                .formatted(
                        url.getHost(),
                        url.getPort(),
                        connections,
                        load,
                        flags.get("--warm-up"),
                        request,
                        load,
                        flags.get("--duration"),
                        request);
    }

    /** A JSON string is a YAML one too. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static void write(Histogram latency, String file) throws FileNotFoundException {
        HistogramLogWriter log = new HistogramLogWriter(file);
        log.outputLogFormatVersion();
        log.outputLegend();
        log.outputIntervalHistogram(latency);
        log.close();
    }
}
