package dev.pushpull.cli;

import dev.pushpull.delivery.webhook.Exposure;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.standalone.Receiving;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
            "",
            "Behind a proxy that ends TLS and passes https://me.example/in/sms on as /sms:",
            "  pushpull receive --scheme twilio --secret 12345 --path /sms \\",
            "      --public-url https://me.example/in --auth basic:twilio:s3cret",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 130 interrupted."
        })
@Essentials({"--port", "--subscribe", "--scheme", "--secret", "--inbox", "--path", "--public-url", "--duration"})
final class ReceiveCommand implements Callable<Integer> {
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
    private String host = "127.0.0.1";

    /** A text, since a receiver takes {@code none} too. */
    @Option(
            names = "--scheme",
            paramLabel = "NAME",
            description = "How webhooks are signed: standard-webhooks, stripe, github, gitlab, shopify, twilio "
                    + "or slack. none: NO SIGNATURE IS CHECKED; anyone who reaches this address is "
                    + "believed, except for --auth (default: ${DEFAULT-VALUE}).")
    private String scheme = SignatureSchemes.DEFAULT.name();

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description = "The shared secret. Required, unless --subscribe creates one.")
    @Secret(SecretKind.WHOLE)
    private String secret;

    @Option(
            names = "--subscribe",
            paramLabel = "URL",
            description = "Subscribe at this provider, and unsubscribe at the end.")
    @Secret(SecretKind.URL)
    private String provider;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "With --subscribe: this stream only (default: all streams).")
    private String stream = "";

    @Option(
            names = "--callback",
            paramLabel = "URL",
            description = "With --subscribe: the address that the provider should send to, if it differs from "
                    + "the one listened on.")
    @Secret(SecretKind.URL)
    private String callback;

    @Option(
            names = "--inbox",
            paramLabel = "WHERE",
            description = "Where webhooks are saved before they are acknowledged: memory, sqlite, FILE.db or "
                    + "jdbc:postgresql:... (default: inbox.db in the results folder).")
    @Secret(SecretKind.URL)
    private StoreAddress inbox;

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

    @Option(
            names = KeepFlag.NAME,
            paramLabel = "DURATION",
            defaultValue = KeepFlag.DEFAULT,
            description = KeepFlag.OF_MESSAGES)
    private KeepFlag keep;

    @Mixin
    private ExposureFlags exposure = new ExposureFlags();

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long mostNanos = duration == null ? Long.MAX_VALUE / 2 : duration.toNanos();
        long mostEvents = events == null ? Long.MAX_VALUE : events;
        SignatureScheme signature = SchemeFlag.namedOrNone(scheme);
        String key = secret(signature);
        Optional<URI> subscribed = provider(signature);
        Exposure reached = exposure.read();
        if (callback != null) {
            UrlFlag.checked("--callback", callback, "https://me.example/webhooks/0");
        }
        if (inbox != null) {
            WebhookFlags.check(WebhookFlags.INBOX, inbox);
        }
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve("receive", startedAt);
        Receiving.Setup setup = new Receiving.Setup(
                host,
                port,
                signature,
                key,
                subscribed,
                stream,
                Optional.ofNullable(callback),
                inbox == null
                        ? new StoreAddress(folder.path().resolve("inbox.db").toString())
                        : inbox,
                reached,
                keep.nanos());
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        if (signature == SignatureSchemes.NONE) {
            System.err.println("WARNING: --scheme none: NO SIGNATURE IS CHECKED. Anyone who reaches this address "
                    + (reached.credential().isPresent() ? "and has the --auth credential " : "")
                    + "is believed.");
        }
        try (Receiving receiving = new Receiving(setup, this::tell, StandaloneOutput::trouble)) {
            if (output.report()) {
                System.err.println("Receiving at " + receiving.address());
            }
            receiving.await(interruption, mostNanos, mostEvents);
            receiving.stop(DRAIN_NANOS);
            boolean written = StandaloneOutput.say(
                    spec, output, folder, receiving.startedAt(), receiving.figures(), receiving.deliveries());
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

    private String secret(SignatureScheme signature) {
        if (signature == SignatureSchemes.NONE) {
            if (secret != null) {
                throw new InvalidInputException(
                        "--secret: it is not accepted with --scheme none, which checks nothing");
            }
            return "";
        }
        if (secret == null) {
            if (provider == null) {
                throw new InvalidInputException("--secret: it is missing; required unless --subscribe creates one");
            }
            return "";
        }
        try {
            signature.checkSecret(secret);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "--secret: it is not accepted for %s; %s".formatted(scheme, e.getMessage()));
        }
        return secret;
    }

    private static void excluded(String flag, String value) {
        if (value != null && !value.isEmpty()) {
            throw new InvalidInputException(
                    "%s: '%s' is not accepted here; accepted: with --subscribe".formatted(flag, value));
        }
    }

    private Optional<URI> provider(SignatureScheme signature) {
        if (provider == null) {
            excluded("--stream", stream);
            excluded("--callback", callback);
            return Optional.empty();
        }
        if (signature == SignatureSchemes.NONE) {
            throw new InvalidInputException("--scheme: none is not accepted with --subscribe; a provider signs");
        }
        return Optional.of(UrlFlag.checked("--subscribe", provider, "http://127.0.0.1:8080")
                .uri());
    }
}
