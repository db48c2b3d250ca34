package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.ScenarioWebhooksBuilder;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Inbox;
import dev.pushpull.store.StoreException;
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
    private static final int MOST_IN_FLIGHT = 10_000;
    private static final int PROCESSING_QUEUE = 10_000;
    private static final int MOST_FAILURES = 1_000_000;
    private static final String DISABLE = "--disable";
    private static final String DISABLE_ACCEPTED =
            "never, N (for good after N failures in a row), or N,PAUSE,LONGEST,M (a pause after N that doubles up to"
                    + " LONGEST, for good after M)";
    private static final String HEADER = "--webhook-header";

    @Option(
            names = "--scheme",
            paramLabel = "NAME",
            description = "How webhooks are signed: standard-webhooks, stripe, github, gitlab, shopify, twilio "
                    + "or slack (default: standard-webhooks).")
    private String scheme = SignatureSchemes.DEFAULT.name();

    @Option(
            names = DISABLE,
            paramLabel = "RULE",
            description = "When the provider stops sending to a failing endpoint: never; 8: for good after 8 "
                    + "failures in a row; 4,1m,24h,40: for 1m after 4 failures, doubling up to 24h, for "
                    + "good after 40 (default: never).")
    private String disable = "never";

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
            description = "Waits before each attempt, such as 0s,5s,5m; none: one attempt only; standard: the "
                    + "example schedule of Standard Webhooks, ten attempts over three days (default: " + "standard).")
    private String retry = "standard";

    @Option(
            names = "--retry-jitter",
            paramLabel = "FRACTION",
            description = "Multiply each wait by a random factor between 1 and 1 + FRACTION (default: 0.1).")
    private String jitter;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "Maximum webhook attempts in flight. A run that reaches it says so (default: 64).")
    private String inFlight = "64";

    @Option(
            names = "--in-flight-per-endpoint",
            paramLabel = "N",
            description = "Maximum webhook attempts in flight to one endpoint (default: 8).")
    private String inFlightPerEndpoint = "8";

    @Option(
            names = "--connect-timeout",
            paramLabel = "DURATION",
            description = "Timeout for opening a webhook's connection (default: 5s).")
    private String connectTimeout = "5s";

    @Option(
            names = "--response-timeout",
            paramLabel = "DURATION",
            description = "Timeout for the receiver's response to a webhook (default: 15s).")
    private String responseTimeout = "15s";

    @Option(
            names = INBOX,
            paramLabel = "WHERE",
            description = "Live: where receivers save a webhook before they acknowledge it: memory; sqlite, a "
                    + "temporary database; FILE.db; jdbc:postgresql://HOST/DATABASE (default: memory).")
    @Secret(SecretKind.URL)
    private String inbox = StoreAddress.MEMORY.text();

    @Option(
            names = OUTBOX,
            paramLabel = "WHERE",
            description = "Live: where the provider saves events and deliveries until they are acknowledged; "
                    + "takes what --inbox takes (default: memory).")
    @Secret(SecretKind.URL)
    private String outbox = StoreAddress.MEMORY.text();

    Scenario.Webhooks read() {
        return ScenarioWebhooksBuilder.builder()
                .scheme(SchemeFlag.named(scheme).name())
                .retries(retries())
                .maxInFlight(Quantity.count("--in-flight", inFlight, 1, MOST_IN_FLIGHT))
                .maxInFlightPerEndpoint(
                        Quantity.count("--in-flight-per-endpoint", inFlightPerEndpoint, 1, MOST_IN_FLIGHT))
                .connectTimeoutNanos(Quantity.durationNanos("--connect-timeout", connectTimeout))
                .responseTimeoutNanos(Quantity.durationNanos("--response-timeout", responseTimeout))
                .processingQueue(PROCESSING_QUEUE)
                .inbox(store(INBOX, inbox))
                .outbox(store(OUTBOX, outbox))
                .disabling(disablingRule())
                .headers(extraHeaders())
                .build();
    }

    /** An inbox named on its own, after checking that it can be reached. */
    static StoreAddress checkedStore(String given) {
        StoreAddress address = store(INBOX, given);
        check(INBOX, address);
        return address;
    }

    private DisablingRule disablingRule() {
        if (disable.equals("never")) {
            return DisablingRule.NONE;
        }
        String[] parts = disable.split(",", -1);
        if (parts.length != 1 && parts.length != 4) {
            throw Quantity.wrong(DISABLE, disable, DISABLE_ACCEPTED);
        }
        int failures = Quantity.count(DISABLE, parts[0].strip(), 1, MOST_FAILURES);
        if (parts.length == 1) {
            return new DisablingRule(failures, 0, 0, 0);
        }
        long pauseNanos = Quantity.durationNanos(DISABLE, parts[1]);
        long mostNanos = Quantity.durationNanos(DISABLE, parts[2]);
        if (mostNanos < pauseNanos) {
            throw Quantity.wrong(DISABLE, disable, "a longest pause no shorter than the first");
        }
        return new DisablingRule(
                failures, pauseNanos, mostNanos, Quantity.count(DISABLE, parts[3].strip(), failures, MOST_FAILURES));
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

    private static StoreAddress store(String flag, String given) {
        try {
            return new StoreAddress(given);
        } catch (IllegalArgumentException e) {
            throw Quantity.wrong(flag, Secrets.masked(given), StoreAddress.ACCEPTED);
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

    private static void check(String flag, StoreAddress address) {
        try {
            Inbox.check(address);
        } catch (StoreException e) {
            throw new InvalidInputException(flag + ": " + e.getMessage());
        }
    }

    private RetrySchedule retries() {
        List<Long> delays = switch (retry) {
            case "standard" -> RetrySchedule.STANDARD_WEBHOOKS.delaysNanos();
            case "none" -> RetrySchedule.NONE.delaysNanos();
            default ->
                Arrays.stream(retry.split(",", -1))
                        .map(delay -> Quantity.durationOrZeroNanos("--retry", delay))
                        .toList();
        };
        double stretch =
                jitter == null ? RetrySchedule.STANDARD_WEBHOOKS.jitter() : Quantity.fraction("--retry-jitter", jitter);
        return new RetrySchedule(delays, stretch);
    }
}
