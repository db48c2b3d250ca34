package dev.pushpull.cli;

import dev.pushpull.host.NanoClock;
import dev.pushpull.load.LoadDriver;
import dev.pushpull.load.LoadRequest;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Secrets;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.HdrHistogram.HistogramLogWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drive}: runs the drivers of {@code capacity} alone, for comparison with other load generators. */
@Command(
        name = "drive",
        hidden = true,
        sortOptions = false,
        description =
                "Send one request over and over, as fast as the connections carry it or at a fixed rate, and print"
                        + " what became of it as one JSON object. Latency counts from when a request was due.",
        footer = {
            "",
            "Examples:",
            "  pushpull drive --url http://127.0.0.1:8080/events --connections 8 --duration 5s",
            "  pushpull drive --url http://127.0.0.1:8080/events --rate 2000/s --hgrm latency.hgrm",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage."
        })
final class DriveCommand implements Callable<Integer> {
    private static final int MOST_CONNECTIONS = 10_000;

    /** Time until both sides are ready. */
    private static final long LEAD_NANOS = 50_000_000;

    @Option(names = "--url", required = true, paramLabel = "URL", description = "Where to, http only.")
    @Secret(SecretKind.URL)
    private String url;

    @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            defaultValue = "undertow",
            description = "undertow (default) or okhttp.")
    private LoadDriver.Kind driver;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "8",
            description = "Kept open (default: ${DEFAULT-VALUE}).")
    @Within(least = 1, most = MOST_CONNECTIONS)
    private int connections;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description = "Requests due a second (default: all there is room for).")
    private Rate rate;

    @Option(
            names = "--warmup",
            paramLabel = "D",
            defaultValue = "1s",
            description = "Not counted (default: ${DEFAULT-VALUE}).")
    @Within(least = 0)
    private Duration warmup;

    @Option(
            names = "--duration",
            paramLabel = "D",
            defaultValue = "5s",
            description = "Counted (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(names = "--method", paramLabel = "METHOD", description = "Default: GET, with a body POST.")
    private String method;

    @Option(names = "--header", paramLabel = "'N: V'", description = "Sent along (repeatable).")
    @Secret(SecretKind.HEADER)
    private List<String> headers = new ArrayList<>();

    @Option(names = "--body", paramLabel = "FILE", description = "Sent as it is.")
    private Path body;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description = "Sign each request anew by Standard Webhooks, with an id of its own.")
    @Secret(SecretKind.WHOLE)
    private String secret;

    @Option(names = "--hgrm", paramLabel = "FILE", description = "Write the latencies in HdrHistogram's own form.")
    private Path hgrm;

    @Option(names = "--hlog", paramLabel = "FILE", description = "The same whole, in nanoseconds, to be merged.")
    private Path hlog;

    @Override
    public Integer call() throws IOException, InterruptedException {
        double ratePerSecond = rate == null ? LoadStep.SATURATING : rate.perSecond();
        URI target = target();
        LoadRequest request = request(target);
        NanoClock clock = NanoClock.SYSTEM;
        try (LoadDriver open = driver.open(target, request, connections, clock)) {
            LoadResult result = open.run(
                    new LoadStep(clock.nanoTime() + LEAD_NANOS, ratePerSecond, warmup.toNanos(), duration.toNanos()));
            if (hgrm != null) {
                try (PrintStream out = new PrintStream(Files.newOutputStream(hgrm), false, StandardCharsets.UTF_8)) {
                    result.response().histogram().outputPercentileDistribution(out, 1e6);
                }
            }
            if (hlog != null) {
                try (PrintStream out = new PrintStream(Files.newOutputStream(hlog), false, StandardCharsets.UTF_8)) {
                    HistogramLogWriter log = new HistogramLogWriter(out);
                    log.outputLogFormatVersion();
                    log.outputLegend();
                    log.outputIntervalHistogram(result.response().histogram());
                }
            }
            System.out.println(JsonRows.render("drive", List.of(row(result))));
        }
        return ExitCode.DONE;
    }

    private URI target() {
        URI target;
        try {
            target = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw Quantity.wrong("--url", SecretKind.URL.shown(url), "an address such as http://127.0.0.1:8080/events");
        }
        if (!"http".equals(target.getScheme()) || target.getHost() == null || target.getPort() < 0) {
            throw Quantity.wrong(
                    "--url", SecretKind.URL.shown(url), "http, host and port, such as http://127.0.0.1:8080/events");
        }
        return target;
    }

    private static byte[] bytesOf(Path body) {
        try {
            return Files.readAllBytes(body);
        } catch (IOException e) {
            throw Quantity.wrong("--body", body.toString(), "a file that can be read (" + Failures.sentence(e) + ")");
        }
    }

    private LoadRequest request(URI target) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw Quantity.wrong("--header", Secrets.maskedHeader(header), "a header such as 'Accept: text/plain'");
            }
            named.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        byte[] bytes = body == null ? new byte[0] : bytesOf(body);
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        return new LoadRequest(
                Optional.ofNullable(method).orElse(body == null ? "GET" : "POST"),
                path + query,
                named,
                bytes,
                secret == null ? LoadRequest.Kind.SAME : LoadRequest.Kind.SIGNED,
                Optional.ofNullable(secret).orElse(""));
    }

    private static Map<String, Object> row(LoadResult result) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("requests", result.completed());
        row.put("sent", result.sent());
        row.put("seconds", result.seconds());
        row.put("requests_per_second", result.achievedPerSecond());
        row.put("p50_ms", millis(result.response(), 0.5));
        row.put("p99_ms", millis(result.response(), 0.99));
        row.put("service_p50_ms", millis(result.service(), 0.5));
        row.put("service_p99_ms", millis(result.service(), 0.99));
        row.put("late_p99_ms", millis(result.late(), 0.99));
        row.put("errors", result.errors());
        row.put("cpu_us", result.cpuMicrosPerRequest());
        return row;
    }

    /** Null when there are too few samples. */
    private static Double millis(Distribution distribution, double p) {
        var millis = distribution.quantileMillis(p);
        return millis.isPresent() ? millis.getAsDouble() : null;
    }
}
