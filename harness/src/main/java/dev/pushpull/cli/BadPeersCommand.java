package dev.pushpull.cli;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.load.BadClient;
import dev.pushpull.load.BadClient.Honest;
import dev.pushpull.load.BadClients;
import dev.pushpull.load.BadEndpoint;
import dev.pushpull.load.BadEndpoints;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.signing.SignatureSchemes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bad-peers}: runs one bad peer of every kind against a provider and a receiver. */
@Command(
        name = "bad-peers",
        hidden = true,
        sortOptions = false,
        description =
                "Be bad, until stopped: an endpoint of every bad kind, each subscribed to a stream of its own at a"
                        + " provider, a poller and a poster of every bad kind at that provider, and a sender of every bad kind at"
                        + " a receiver. Meant for 'pushpull serve' and 'pushpull receive' of one's own.",
        footer = {
            "",
            "Examples:",
            "  pushpull bad-peers --provider http://127.0.0.1:8080 --receiver http://127.0.0.1:8081/webhooks/0",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 130 interrupted."
        })
final class BadPeersCommand implements Callable<Integer> {
    /** Bad peers share the machine with their targets: they should misbehave, not take its cores. */
    private static final long PAUSE_MILLIS = 200;

    private static final byte[] ANSWER = BadEndpoints.answer("text/plain", "taken");

    @Secret(SecretKind.URL)
    @Option(names = "--provider", required = true, paramLabel = "URL", description = "Such as http://127.0.0.1:8080.")
    private String provider;

    @Secret(SecretKind.URL)
    @Option(
            names = "--receiver",
            required = true,
            paramLabel = "URL",
            description = "Such as http://127.0.0.1:8081/webhooks/0.")
    private String receiver;

    @Option(
            names = {ScenarioFlags.DURATION, ScenarioFlags.HORIZON},
            paramLabel = "DURATION",
            description = "Stop after that time (default: when told to).")
    private Duration duration;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long mostNanos = duration == null ? Long.MAX_VALUE : duration.toNanos();
        URI source = url("--provider", provider);
        URI endpoint = url("--receiver", receiver);
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        try (BadEndpoints endpoints = new BadEndpoints(BadEndpoint.plain(), ANSWER, new byte[0]);
                ProviderClient client = new ProviderClient(source, NanoClock.SYSTEM, new Recorder(1), 1, 0)) {
            for (BadEndpoint kind : BadEndpoint.plain()) {
                client.subscribe(endpoints.address(kind) + "/", SignatureSchemes.DEFAULT.name(), "c" + kind.ordinal());
            }
            try (BadClients pollers = bad(source, "GET", "events?stream=c0", "");
                    // rejected even if sent whole, so it adds no event
                    BadClients posters = bad(source, "POST", "events", "{\"stream\":0}");
                    BadClients senders = bad(endpoint, "POST", "", "{}")) {
                interruption.await(mostNanos);
                System.err.printf(
                        "bad-peers: %,d connections by pollers, %,d by posters, %,d by senders%n",
                        pollers.conversations(), posters.conversations(), senders.conversations());
            }
            return interruption.requested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
        } finally {
            guard.close();
        }
    }

    private static BadClients bad(URI server, String method, String path, String body) {
        URI address = path.isEmpty() ? server : server.resolve("/" + path);
        return new BadClients(
                BadClient.plain(),
                new Honest(address, method, "", body.getBytes(StandardCharsets.UTF_8)),
                1,
                PAUSE_MILLIS);
    }

    private static URI url(String flag, String given) {
        HttpUrl url = HttpUrl.parse(given);
        if (url == null || url.isHttps()) {
            throw Quantity.wrong(flag, given, "an http URL such as http://127.0.0.1:8080");
        }
        return url.uri();
    }
}
