package dev.pushpull.cli;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.standalone.EndpointPolling;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code poll}: runs a poller alone. */
@Command(
        header = "Poll any endpoint that returns a JSON list.",
        name = "poll",
        sortOptions = false,
        description = "Polls an endpoint until you stop it, prints a line for each poll, and says how many "
                + "polls were wasted and which interval would suit. Sends conditional requests, follows "
                + "next_cursor, and honours Retry-After, X-Poll-Interval and rate-limit headers.",
        footer = {
            "",
            "Examples:",
            "  pushpull poll http://127.0.0.1:8080/events --interval 1s",
            "  pushpull poll https://api.github.com/repos/git/git/events --items '' --id /id --interval 1m",
            "",
            "Exit codes: 0 done, 1 the endpoint cannot be polled, 2 usage, 130 interrupted."
        })
final class PollCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "URL", description = "The endpoint, http or https.")
    @Secret(SecretKind.URL)
    private String url;

    @Option(
            names = "--items",
            paramLabel = "POINTER",
            description =
                    "JSON pointer to the list; '' if the whole response is the list (default: " + "${DEFAULT-VALUE}).")
    private String items = "/data";

    @Option(
            names = "--id",
            paramLabel = "POINTER",
            description = "JSON pointer to the id within an item (default: ${DEFAULT-VALUE}).")
    private String id = "/id";

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "Time between polls (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "A header to send with every request (repeatable).")
    @Secret(SecretKind.HEADER)
    private List<String> headers = new ArrayList<>();

    @Option(names = "--unconditional", description = "Do not send If-None-Match or If-Modified-Since.")
    private boolean unconditional;

    @Option(names = "--follow", description = "Follow up to 10 redirects. Your headers are not sent to another server.")
    private boolean follow;

    @Option(
            names = "--most-pages",
            paramLabel = "N",
            description = "Maximum pages that one poll reads (default: ${DEFAULT-VALUE}).")
    @Within(least = 1, most = 1_000_000)
    private int mostPages = 100;

    @Option(
            names = "--most-bytes",
            paramLabel = "SIZE",
            defaultValue = "64MiB",
            description = "Maximum size of a response, uncompressed (default: ${DEFAULT-VALUE}).")
    @Within(least = 1, most = 1 << 30)
    private Size mostBytes;

    @Option(
            names = {ScenarioFlags.DURATION, ScenarioFlags.HORIZON},
            paramLabel = "DURATION",
            description = "Stop this long after the first poll (default: run until stopped).")
    private Duration duration;

    @Mixin
    private OutputFlags output = new OutputFlags();

    private final Interruption interruption = new Interruption();

    /** Ends it as Ctrl-C does. */
    void interrupt() {
        interruption.request();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        HttpUrl address = HttpUrl.parse(url);
        if (address == null) {
            throw Quantity.wrong("URL", SecretKind.URL.shown(url), "an http(s) URL");
        }
        long mostNanos = duration == null ? Long.MAX_VALUE : duration.toNanos();
        EndpointPolling.Setup setup = new EndpointPolling.Setup(
                address,
                pointer("--items", items),
                pointer("--id", id),
                interval.toNanos(),
                !unconditional,
                headers(),
                follow,
                mostPages,
                mostBytes.bytes());
        ResultsFolder folder = output.reserve("poll", Instant.now());
        ShutdownGuard guard = new ShutdownGuard(interruption);
        Consumer<String> told = output.quiet() ? line -> {} : line -> System.err.println("poll: " + line);
        try {
            EndpointPolling polling = new EndpointPolling(setup, told, this::watched);
            polling.run(interruption, mostNanos);
            polling.warnings().forEach(told);
            boolean written =
                    StandaloneOutput.say(spec, output, folder, polling.startedAt(), polling.figures(), polling.items());
            if (output.report()) {
                System.err.println(advice(polling.suitingIntervalSeconds()));
            }
            return StandaloneOutput.exitCode(written, Optional.empty(), interruption);
        } finally {
            folder.discardIfEmpty();
            guard.close();
        }
    }

    private void watched(Supplier<String> line) {
        if (output.report()) {
            Terminal.print(line.get() + "\n");
        }
    }

    private static String advice(double suits) {
        return suits == 0
                ? "Nothing new came, so there is no advice on the interval; a longer one wastes less."
                : "At an interval of %s half of the polls would find something (ln 2 / rate, arrivals at random), and an item"
                                .formatted(rounded(suits))
                        + " would wait %s on average; webhooks would need one request each."
                                .formatted(rounded(suits / 2));
    }

    private static String rounded(double seconds) {
        long millis = Math.max(1, Math.round(seconds * 1000));
        return Quantity.readable(millis * 1_000_000);
    }

    private static JsonPointer pointer(String flag, String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw Quantity.wrong(flag, text, "a JSON pointer such as /data, or '' for the whole");
        }
    }

    private Headers headers() {
        Headers.Builder named = new Headers.Builder();
        OwnHeaders own = OwnHeaders.ofPolls("--header");
        for (String header : headers) {
            own.refusal(header).ifPresent(refusal -> {
                throw new InvalidInputException(refusal);
            });
            int colon = header.indexOf(':');
            named.add(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return named.build();
    }
}
