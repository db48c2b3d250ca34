package dev.pushpull.cli;

import dev.pushpull.host.Interruption;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.standalone.Receiving;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code receive}: runs the webhook receiver alone. */
@Command(
        header = "Run the webhook receiver on its own.",
        name = "receive",
        sortOptions = false,
        description = "Runs a webhook receiver until you stop it, for 'pushpull serve' or for a real "
                + "vendor. Verifies, saves, acknowledges, prints and records each webhook. Prints "
                + "refused requests too, at most one line a second for each reason.",
        footer = {
            "",
            "Examples:",
            "  pushpull receive --subscribe http://127.0.0.1:8080",
            "  pushpull receive --port 8081 --scheme github --secret s3cret --inbox inbox.db",
            "  pushpull receive --scheme bearer --secret-file token --push-items /alerts",
            "",
            "Behind a proxy that ends TLS and passes https://me.example/in/sms on as /sms:",
            "  pushpull receive --scheme twilio --secret 12345 --path /sms \\",
            "      --public-url https://me.example/in --auth basic:twilio:s3cret",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 130 interrupted."
        })
@Essentials({"--port", "--subscribe", "--scheme", "--secret", "--inbox", "--path", "--public-url", "--duration"})
final class ReceiveCommand implements Callable<Integer>, Interruptible {
    static final int MOST_PORT = 65_535;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8081",
            description = "Port to listen on; 0 for any free port (default: ${DEFAULT-VALUE}).")
    @Within(least = 0, most = MOST_PORT)
    private int port;

    @Option(names = "--host", paramLabel = "NAME", description = "Address to listen on (default: 127.0.0.1).")
    private String host = ListenAddress.LOOPBACK;

    @Mixin
    private ReceiverFlags receiver = new ReceiverFlags();

    @Option(
            names = {ScenarioFlags.DURATION, ScenarioFlags.HORIZON},
            paramLabel = "DURATION",
            description = "Stop after this time (default: run until stopped).")
    private Duration duration;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Stop after this many events (default: run until stopped).")
    @Within(least = 1)
    private Long events;

    @Mixin
    private OutputFlags output = new OutputFlags();

    private final Interruption interruption = new Interruption();

    @Override
    public void interrupt() {
        interruption.request();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long mostNanos = duration == null ? Long.MAX_VALUE / 2 : duration.toNanos();
        long mostEvents = events == null ? Long.MAX_VALUE : events;
        Function<Path, Receiving.Setup> setup = receiver.read(new ListenAddress(host, port, Optional.empty()));
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve("receive", startedAt);
        ShutdownGuard guard = new ShutdownGuard(interruption);
        receiver.warning().ifPresent(System.err::println);
        try (Receiving receiving = new Receiving(setup.apply(folder.path()), this::tell, StandaloneOutput::trouble)) {
            if (output.report()) {
                System.err.println("Receiving at " + receiving.address());
            }
            receiving.await(interruption, mostNanos, mostEvents);
            receiving.stop(DRAIN_NANOS);
            receiving.warnings().forEach(StandaloneOutput::trouble);
            boolean written = StandaloneOutput.say(
                    spec,
                    output,
                    folder,
                    receiving.startedAt(),
                    receiving.figures(),
                    receiving.deliveries(),
                    receiving.items());
            return StandaloneOutput.exitCode(written, receiving.trouble(), interruption);
        } finally {
            folder.discardIfEmpty();
            guard.close();
        }
    }

    private void tell(Supplier<String> line) {
        if (output.report()) {
            Terminal.print(line.get() + "\n");
        }
    }
}
