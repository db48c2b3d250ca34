package dev.pushpull.cli;

import dev.pushpull.host.Interruption;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.ItemListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code poll}: runs a poller alone. */
@Command(
        header = "Poll any endpoint that returns a JSON list or a stream.",
        name = "poll",
        sortOptions = false,
        description = "Polls an endpoint until you stop it, prints a line for each poll, and says how many "
                + "polls were wasted and which interval would suit. Sends conditional requests, follows "
                + "next_cursor, and honours Retry-After, X-Poll-Interval and rate-limit headers.",
        footer = {
            "",
            "Examples:",
            "  pushpull poll http://127.0.0.1:8080/events --interval 1s",
            "  pushpull poll https://api.github.com/repos/git/git/events --items '' --time /created_at --interval 1m",
            "  pushpull poll https://stream.wikimedia.org/v2/stream/recentchange --id /meta/id --time /meta/dt",
            "  pushpull poll http://10.0.0.1:8080/events --hosts pollers.toml --consumers 40 --duration 1m",
            "",
            "Exit codes: 0 done, 1 the endpoint cannot be polled, 2 usage, 3 a host was lost, 130 interrupted."
        })
@Essentials({
    "--items",
    "--id",
    "--where",
    "--time",
    "--interval",
    "--header",
    "--follow",
    "--wait",
    "--duration",
    "--out"
})
final class PollCommand implements Callable<Integer>, Interruptible {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "URL", description = "The endpoint, http or https.")
    @Secret(SecretKind.URL)
    private String url;

    @Mixin
    private PollSourceFlags source = new PollSourceFlags();

    @Option(
            names = {ScenarioFlags.DURATION, ScenarioFlags.HORIZON},
            paramLabel = "DURATION",
            description = "Stop this long after the first poll (default: run until stopped).")
    private Duration duration;

    @Mixin
    private PollHostFlags hosts = new PollHostFlags();

    @Mixin
    private OutputFlags output = new OutputFlags();

    private final Interruption interruption = new Interruption();

    @Override
    public void interrupt() {
        interruption.request();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        EndpointPolling.Setup setup = source.setup("URL", url);
        Optional<HostPlan> plan = hosts.read();
        long mostNanos = duration == null ? Long.MAX_VALUE : duration.toNanos();
        ResultsFolder folder = output.reserve("poll", Instant.now());
        ShutdownGuard guard = new ShutdownGuard(interruption);
        Consumer<String> told = output.quiet() ? line -> {} : line -> System.err.println("poll: " + line);
        try {
            if (plan.isPresent()) {
                PolledByHosts polled = new PolledByHosts(plan.get(), hosts.pollers(plan.get()), spec, url, setup);
                return polled.run(mostNanos, interruption, output, folder);
            }
            EndpointPolling polling = new EndpointPolling(setup, told, this::watched, ItemListener.NONE);
            polling.run(interruption, mostNanos);
            polling.warnings().forEach(told);
            boolean written = StandaloneOutput.say(
                    spec, output, folder, polling.startedAt(), polling.figures(), polling.items(), polling.polls());
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
}
