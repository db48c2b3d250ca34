package dev.pushpull.cli;

import dev.pushpull.host.Interruption;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.standalone.Serving;
import dev.pushpull.surface.ProviderSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: runs the provider alone. */
@Command(
        header = "Run the provider on its own.",
        name = "serve",
        sortOptions = false,
        description = "Runs the provider until you stop it. It serves events at GET /events, to polls and as streams "
                + "(Server-Sent Events, WebSockets), and sends webhooks to subscribers.",
        footer = {
            "",
            "Examples:",
            "  pushpull serve --port 8080 --rate 2/s --consumers 3",
            "  curl -N -H 'Accept: text/event-stream' http://127.0.0.1:8080/events",
            "  curl http://127.0.0.1:8080/events -d '{\"type\":\"order\",\"data\":{\"id\":7}}'",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 130 interrupted."
        })
@Essentials({"--port", "--rate", "--consumers", "--scheme", "--retry", "--allow-host", "--duration", "--out"})
final class ServeCommand implements Callable<Integer>, Interruptible {
    private static final int MOST_CONSUMERS = 100_000;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port to listen on; 0 for any free port (default: ${DEFAULT-VALUE}).")
    @Within(least = 0, most = ReceiveCommand.MOST_PORT)
    private int port;

    @Option(names = "--host", paramLabel = "NAME", description = "Address to listen on (default: 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A host that may receive webhooks, besides loopback (repeatable).")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--armed",
            description = "Hold back the first event until POST /control/start, accepted from loopback only.")
    private boolean armed;

    @Option(
            names = {ScenarioFlags.DURATION, ScenarioFlags.HORIZON},
            paramLabel = "DURATION",
            description = "Stop after this time (default: run until stopped).")
    private Duration duration;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all randomness (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = ScenarioFlags.QUOTA,
            paramLabel = "RATE",
            description =
                    "Rate limit for polls of one stream, such as 5000/h. Requests above it are answered " + "429.")
    private Rate quota;

    @Option(
            names = KeepFlag.NAME,
            paramLabel = "DURATION",
            defaultValue = KeepFlag.DEFAULT,
            description = KeepFlag.OF_EVENTS)
    private KeepFlag keep;

    @Mixin
    private EventFlags events = new EventFlags();

    @Mixin
    private WebhookFlags webhooks = new WebhookFlags();

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Mixin
    private WatchFlag watch = new WatchFlag();

    private final Interruption interruption = new Interruption();

    @Override
    public void interrupt() {
        interruption.request();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long mostNanos = duration == null ? Long.MAX_VALUE / 2 : duration.toNanos();
        Scenario scenario = ServedScenario.of(
                events.read(spec, duration == null ? 0 : mostNanos, MOST_CONSUMERS), webhooks.read(), seed);
        WebhookFlags.checkStores(scenario.webhooks());
        Set<String> hosts = new HashSet<>();
        allowed.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
        ProviderSettings settings = new ProviderSettings(
                host,
                port,
                scenario.events().retention(),
                scenario.webhooks(),
                scenario.run().seed(),
                hosts,
                quota == null ? RequestQuota.NONE : quota.quota());
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve("serve", startedAt);
        ShutdownGuard guard = new ShutdownGuard(interruption);
        try (Serving serving = new Serving(settings, scenario, keep.nanos(), StandaloneOutput::trouble);
                WatchedServing watched = WatchedServing.of(watch, serving, scenario)) {
            if (output.report()) {
                System.err.println("Serving at " + serving.address() + "/events");
            }
            if (!armed) {
                serving.start();
            }
            serving.await(interruption, mostNanos);
            serving.stop(DRAIN_NANOS);
            Map<String, Object> figures = serving.figures();
            watched.over();
            boolean written = StandaloneOutput.say(spec, output, folder, startedAt, figures, serving.attempts());
            return StandaloneOutput.exitCode(written, serving.trouble(), interruption);
        } finally {
            folder.discardIfEmpty();
            guard.close();
        }
    }
}
