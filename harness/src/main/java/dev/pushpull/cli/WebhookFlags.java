package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.ScenarioWebhooksBuilder;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.scenario.WebhookSender;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.store.Inbox;
import dev.pushpull.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags that say how webhooks are sent. */
@FlagGroup.In(FlagGroup.WEBHOOKS)
final class WebhookFlags {
    static final String INBOX = "--inbox";
    static final String OUTBOX = "--outbox";
    static final String SENDER = "--sender";
    private static final int MOST_IN_FLIGHT = 10_000;
    private static final int PROCESSING_QUEUE = 10_000;
    private static final int MOST_FAILURES = 1_000_000;
    private static final String DISABLE_ACCEPTED =
            "never, N (for good after N failures in a row), or N,PAUSE,LONGEST,M (a pause after N that doubles up to"
                    + " LONGEST, for good after M)";
    private static final String HEADER = "--webhook-header";

    @Option(
            names = "--scheme",
            paramLabel = "NAME",
            defaultValue = "standard-webhooks",
            description = "How webhooks are signed: standard-webhooks, stripe, github, gitlab, shopify, twilio "
                    + "or slack (default: ${DEFAULT-VALUE}).")
    private SignatureScheme scheme;

    @Option(
            names = "--disable",
            paramLabel = "RULE",
            defaultValue = "never",
            description = "When the provider stops sending to a failing endpoint: never; 8: for good after 8 "
                    + "failures in a row; 4,1m,24h,40: for 1m after 4 failures, doubling up to 24h, for "
                    + "good after 40 (default: ${DEFAULT-VALUE}).")
    private DisablingRule disabling;

    @Option(
            names = HEADER,
            paramLabel = "'NAME: VALUE'",
            description = "A header to send with every webhook (repeatable). Not one that pushpull sets itself, "
                    + "such as Content-Length or the signature.")
    @Secret(SecretKind.HEADER)
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--retry",
            paramLabel = "DELAYS",
            defaultValue = "standard",
            description = "Waits before each attempt, such as 0s,5s,5m; none: one attempt only; standard: the "
                    + "example schedule of Standard Webhooks, ten attempts over three days (default: "
                    + "${DEFAULT-VALUE}).")
    private RetrySchedule retries;

    @Option(
            names = "--retry-jitter",
            paramLabel = "FRACTION",
            description =
                    "Multiply each wait by a random factor between 1 and 1 + FRACTION (default: ${DEFAULT-VALUE}).")
    @Within(least = 0, most = 1)
    private double jitter = RetrySchedule.STANDARD_WEBHOOKS.jitter();

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "64",
            description =
                    "Maximum webhook attempts in flight. A run that reaches it says so (default: ${DEFAULT-VALUE}).")
    @Within(least = 1, most = MOST_IN_FLIGHT)
    private int inFlight;

    @Option(
            names = "--in-flight-per-endpoint",
            paramLabel = "N",
            defaultValue = "8",
            description = "Maximum webhook attempts in flight to one endpoint (default: ${DEFAULT-VALUE}).")
    @Within(least = 1, most = MOST_IN_FLIGHT)
    private int inFlightPerEndpoint;

    @Option(
            names = "--connect-timeout",
            paramLabel = "DURATION",
            defaultValue = "5s",
            description = "Timeout for opening a webhook's connection (default: ${DEFAULT-VALUE}).")
    private Duration connectTimeout;

    @Option(
            names = "--response-timeout",
            paramLabel = "DURATION",
            defaultValue = "15s",
            description = "Timeout for the receiver's response to a webhook (default: ${DEFAULT-VALUE}).")
    private Duration responseTimeout;

    @Option(
            names = INBOX,
            paramLabel = "WHERE",
            description = "Live: where receivers save a webhook before they acknowledge it: memory; sqlite, a "
                    + "temporary database; FILE.db; jdbc:postgresql://HOST/DATABASE (default: ${DEFAULT-VALUE}).")
    @Secret(SecretKind.URL)
    private StoreAddress inbox = StoreAddress.MEMORY;

    @Option(
            names = OUTBOX,
            paramLabel = "WHERE",
            description = "Live: where the provider saves events and deliveries until they are acknowledged; "
                    + "takes what --inbox takes (default: ${DEFAULT-VALUE}).")
    @Secret(SecretKind.URL)
    private StoreAddress outbox = StoreAddress.MEMORY;

    @Option(
            names = SENDER,
            paramLabel = "SENDER",
            defaultValue = "own",
            description =
                    "Live: the client that sends webhooks: own, on the thread on which the event occurs; or okhttp, "
                            + "which pollers use too, as in an ordinary integration (default: ${DEFAULT-VALUE}).")
    private WebhookSender sender;

    Scenario.Webhooks read() {
        return ScenarioWebhooksBuilder.builder()
                .scheme(scheme.name())
                .retries(new RetrySchedule(retries.delaysNanos(), jitter))
                .maxInFlight(inFlight)
                .maxInFlightPerEndpoint(inFlightPerEndpoint)
                .connectTimeoutNanos(connectTimeout.toNanos())
                .responseTimeoutNanos(responseTimeout.toNanos())
                .processingQueue(PROCESSING_QUEUE)
                .inbox(inbox)
                .outbox(outbox)
                .disabling(disabling)
                .headers(extraHeaders())
                .sender(sender)
                .endpoints(Endpoints.ALIKE)
                .build();
    }

    static DisablingRule disablingRule(String what, String text) {
        if (text.equals("never")) {
            return DisablingRule.NONE;
        }
        String[] parts = text.split(",", -1);
        if (parts.length != 1 && parts.length != 4) {
            throw Quantity.wrong(what, text, DISABLE_ACCEPTED);
        }
        int failures = Quantity.count(what, parts[0].strip(), 1, MOST_FAILURES);
        if (parts.length == 1) {
            return new DisablingRule(failures, 0, 0, 0);
        }
        long pauseNanos = Quantity.durationNanos(what, parts[1]);
        long mostNanos = Quantity.durationNanos(what, parts[2]);
        if (mostNanos < pauseNanos) {
            throw Quantity.wrong(what, text, "a longest pause no shorter than the first");
        }
        return new DisablingRule(
                failures, pauseNanos, mostNanos, Quantity.count(what, parts[3].strip(), failures, MOST_FAILURES));
    }

    private Map<String, String> extraHeaders() {
        Map<String, String> named = new LinkedHashMap<>();
        OwnHeaders own = OwnHeaders.ofWebhooks(HEADER);
        for (String header : headers.stream()
                .flatMap(text -> Arrays.stream(text.split(PresetDefaults.BETWEEN, -1)))
                .toList()) {
            own.refusal(header).ifPresent(refusal -> {
                throw new InvalidInputException(refusal);
            });
            int colon = header.indexOf(':');
            named.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return named;
    }

    static StoreAddress store(String what, String text) {
        try {
            return new StoreAddress(text);
        } catch (IllegalArgumentException e) {
            throw Quantity.wrong(what, Secrets.masked(text), StoreAddress.ACCEPTED);
        }
    }

    /**
     * Opens the files to be written before anything else begins.
     *
     * @throws InvalidInputException in one line when one cannot be opened
     */
    static void checkStores(Scenario.Webhooks webhooks) {
        check(INBOX, webhooks.inbox());
        check(OUTBOX, webhooks.outbox());
    }

    /** @throws InvalidInputException with one line when it cannot be used */
    static void check(String flag, StoreAddress address) {
        try {
            Inbox.check(address);
        } catch (StoreException e) {
            throw new InvalidInputException(flag + ": " + e.getMessage());
        }
    }

    static RetrySchedule retries(String what, String text) {
        return switch (text) {
            case "standard" -> RetrySchedule.STANDARD_WEBHOOKS;
            case "none" -> RetrySchedule.NONE;
            default ->
                new RetrySchedule(
                        Arrays.stream(text.split(",", -1))
                                .map(delay -> Quantity.durationOrZeroNanos(what, delay))
                                .toList(),
                        0);
        };
    }
}
