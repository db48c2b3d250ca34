package dev.pushpull.cli;

import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureScheme.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: says whether a webhook is genuine. */
@Command(
        header = "Verify a webhook by hand.",
        name = "verify",
        sortOptions = false,
        description = "Says whether a webhook is genuine, and if not, why.",
        footer = {
            "",
            "Example:",
            "  pushpull verify --scheme github --secret s3cret --payload body.json \\",
            "      --header 'X-Hub-Signature-256: sha256=757107ea...'",
            "",
            "Exit codes: 0 genuine, 2 usage, 4 not genuine."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final String HEADER = "--header";

    @Mixin
    private MessageFlags flags = new MessageFlags();

    @Option(
            names = HEADER,
            paramLabel = "'NAME: VALUE'",
            description = "A received header (repeatable, also with the same name).")
    @Secret(SecretKind.HEADER)
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "SECONDS",
            description = "When it was received, in seconds since 1970 (default: now).")
    @Within(least = 0, most = MessageFlags.LATEST_SECOND)
    private Long at;

    @Option(
            names = "--tolerance",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "How far its timestamp may be from --at (default: ${DEFAULT-VALUE}).")
    @Within(least = 0)
    private Duration tolerance;

    @Option(names = "--json", description = "Print only the verdict, as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        SignatureScheme scheme = flags.scheme();
        String secret = flags.secret();
        Map<String, String> given = given();
        long nowSeconds = at == null ? Instant.now().getEpochSecond() : at;
        Message message = flags.message();
        Verdict verdict = scheme.verify(secret, given::get, message, nowSeconds, tolerance.toSeconds());
        boolean genuine = verdict == Verdict.GENUINE;
        if (json) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("genuine", genuine);
            row.put("reason", verdict.reason());
            System.out.println(JsonRows.render("verify", List.of(row)));
        } else {
            System.out.println(genuine ? "genuine" : "not genuine: " + verdict.reason());
        }
        return genuine ? ExitCode.DONE : ExitCode.ASSERTION_FAILED;
    }

    private Map<String, String> given() {
        Map<String, String> given = new TreeMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw Quantity.wrong(HEADER, Secrets.maskedHeader(header), "'Name: value'");
            }
            given.merge(
                    header.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip(),
                    (before, after) -> before + ", " + after); // fields with the same name form one list
        }
        flags.id().ifPresent(id -> {
            given.putIfAbsent("webhook-id", id);
            given.putIfAbsent("svix-id", id);
        });
        flags.timestamp().ifPresent(seconds -> {
            given.putIfAbsent("webhook-timestamp", Long.toString(seconds));
            given.putIfAbsent("svix-timestamp", Long.toString(seconds));
            given.putIfAbsent("x-slack-request-timestamp", Long.toString(seconds));
        });
        return given;
    }
}
