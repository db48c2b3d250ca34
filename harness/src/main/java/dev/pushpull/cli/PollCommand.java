package dev.pushpull.cli;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.experiment.EndpointPolling;
import dev.pushpull.experiment.Interruption;
import dev.pushpull.report.ResultsFolder;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code poll}: a poller on its own. */
@Command(
        name = "poll",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Poll any endpoint that answers with a list in JSON, until stopped, and tell how many polls were"
                + " wasted and which interval would suit. Asks conditionally, follows next_cursor, honours Retry-After,"
                + " X-Poll-Interval and rate-limit headers.",
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
    private String url;

    @Option(
            names = "--items",
            paramLabel = "POINTER",
            description = "JSON pointer to the list; '' for the whole answer (default: ${DEFAULT-VALUE}).")
    private String items = "/data";

    @Option(
            names = "--id",
            paramLabel = "POINTER",
            description = "JSON pointer to an item's id, within the item (default: ${DEFAULT-VALUE}).")
    private String id = "/id";

    @Option(names = "--interval", paramLabel = "DURATION", description = "Between polls (default: ${DEFAULT-VALUE}).")
    private String interval = "10s";

    @Option(names = "--header", paramLabel = "'NAME: VALUE'", description = "Sent with every request (repeatable).")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--unconditional", description = "Send no If-None-Match and no If-Modified-Since.")
    private boolean unconditional;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            description = "Stop after that time (default: when told to).")
    private String duration;

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Override
    public Integer call() throws IOException, InterruptedException {
        HttpUrl address = HttpUrl.parse(url);
        if (address == null) {
            throw Quantity.wrong("URL", url, "an http(s) URL");
        }
        long mostNanos = duration == null ? Long.MAX_VALUE / 4 : Quantity.durationNanos("--duration", duration);
        EndpointPolling.Setup setup = new EndpointPolling.Setup(
                address,
                pointer("--items", items),
                pointer("--id", id),
                Quantity.durationNanos("--interval", interval),
                !unconditional,
                headers());
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve("poll", startedAt);
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        try (EndpointPolling polling = new EndpointPolling(setup)) {
            polling.run(interruption, mostNanos);
            Map<String, Object> figures = polling.figures();
            double suits = polling.suitingIntervalSeconds();
            figures.put("suiting_interval_s", suits == 0 ? null : suits);
            PartOutput.say(spec, output, folder, startedAt, figures, polling.items());
            if (output.report()) {
                System.err.println(advice(suits));
            }
            return interruption.requested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
        } finally {
            folder.discardIfEmpty();
            guard.close();
        }
    }

    private static String advice(double suits) {
        return suits == 0
                ? "Nothing new came, so no interval can be advised; a longer one wastes less."
                : "At an interval of %s half of the polls would find something (ln 2 / rate, arrivals at random), and an item"
                                .formatted(rounded(suits))
                        + " would wait %s on average; webhooks would need one request each."
                                .formatted(rounded(suits / 2));
    }

    private static String rounded(double seconds) {
        long millis = Math.max(1, Math.round(seconds * 1000));
        return Quantity.duration(millis * 1_000_000);
    }

    private static JsonPointer pointer(String flag, String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw Quantity.wrong(flag, text, "a JSON pointer such as /data, or '' for the whole");
        }
    }

    private Map<String, String> headers() {
        Map<String, String> named = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1
                    || !header.matches("[ -~]+")
                    || !header.substring(0, colon).matches("[!-~]+")) {
                throw Quantity.wrong("--header", header, "'Name: value' of visible ASCII characters");
            }
            named.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return named;
    }
}
