package dev.pushpull.cli;

import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sign}: prints the headers a provider would send. */
@Command(
        header = "Sign a webhook by hand.",
        name = "sign",
        sortOptions = false,
        description = "Prints the headers that a provider would send with a webhook, one 'Name: value' a " + "line.",
        footer = {
            "",
            "Examples:",
            "  pushpull sign --scheme github --secret s3cret --payload body.json",
            "  echo '{}' | pushpull sign --scheme stripe --secret whsec_x --payload -",
            "  pushpull sign --scheme twilio --secret 12345 --url https://me.example/hook --param From=+1415",
            "",
            "Exit codes: 0 done, 2 usage."
        })
final class SignCommand implements Callable<Integer> {
    @Mixin
    private MessageFlags flags = new MessageFlags();

    @Option(names = "--json", description = "Print only the headers, as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        SignatureScheme scheme = flags.scheme();
        String secret = flags.secret();
        String id =
                flags.id().orElseGet(() -> "msg_" + UUID.randomUUID().toString().replace("-", ""));
        long seconds = flags.timestamp().orElseGet(() -> Instant.now().getEpochSecond());
        Message message = sent(scheme, flags.message());
        Map<String, String> headers;
        try {
            headers = scheme.sign(secret, id, seconds, message);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--secret: it is not accepted; " + e.getMessage());
        }
        if (json) {
            System.out.println(JsonRows.render(
                    "sign",
                    headers.entrySet().stream()
                            .map(header -> {
                                Map<String, Object> row = new LinkedHashMap<>();
                                row.put("name", header.getKey());
                                row.put("value", header.getValue());
                                return row;
                            })
                            .toList()));
        } else {
            headers.forEach((name, value) -> System.out.println(name + ": " + value));
        }
        return ExitCode.DONE;
    }

    /**
     * With a scheme that puts the body's hash into the URL's query, the webhook goes to that URL, so it must be
     * printed.
     */
    private static Message sent(SignatureScheme scheme, Message message) {
        String target = scheme.target(message.url(), message.body());
        boolean hashed = message.parameters().isEmpty() && !target.equals(message.url());
        if (!hashed || message.url().contains("bodySHA256=")) {
            return message;
        }
        System.err.println("pushpull: send it to " + target);
        return Message.of(message.body(), target);
    }
}
