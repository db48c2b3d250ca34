package dev.pushpull.cli;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** The flags that say what was signed or should be signed, how, and by whom. */
final class MessageFlags {
    private static final String PAYLOAD = "--payload";
    private static final String PARAM = "--param";

    /** The end of the year 9999. */
    static final long LATEST_SECOND = 253_402_300_799L;

    @Option(
            names = "--scheme",
            required = true,
            paramLabel = "NAME",
            description = "standard-webhooks, stripe, github, gitlab, shopify, twilio or slack.")
    private SignatureScheme scheme;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description = "The shared secret. standard-webhooks: whsec_..., or for Ed25519 whsk_... to sign and "
                    + "whpk_... to verify. While a secret is being replaced, standard-webhooks and stripe "
                    + "take several, separated by spaces.")
    @Secret(SecretKind.WHOLE)
    private String secret;

    @Option(names = SecretFile.NAME, paramLabel = "FILE", description = SecretFile.DESCRIPTION)
    private String secretFile;

    @Option(
            names = PAYLOAD,
            paramLabel = "FILE",
            description = "The body, byte for byte; - is standard input. Required unless --param is given.")
    private String payload;

    @Option(names = "--url", paramLabel = "URL", description = "The whole URL, with its query. Twilio signs it.")
    @Secret(SecretKind.URL)
    private String url;

    @Option(
            names = PARAM,
            paramLabel = "KEY=VALUE",
            description = "A form field, which Twilio signs (repeatable, also with the same name).")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The delivery's id (sign: a new one by default; verify: the one in the headers).")
    private String id;

    @Option(
            names = "--timestamp",
            paramLabel = "SECONDS",
            description =
                    "When it was signed, in seconds since 1970 (sign: now by default; verify: as in the " + "headers).")
    @Within(least = 0, most = LATEST_SECOND)
    private Long timestamp;

    SignatureScheme scheme() {
        return scheme;
    }

    /** The message, checked. */
    String secret() {
        String given = SecretFile.or(secret, secretFile)
                .orElseThrow(() -> new InvalidInputException(
                        "--secret: it is missing; accepted: a secret, or " + SecretFile.NAME));
        try {
            scheme.checkSecret(given);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "--secret: it is not accepted for %s; %s".formatted(scheme.name(), e.getMessage()));
        }
        return given;
    }

    /** @throws InvalidInputException when something is missing or cannot be read */
    Message message() {
        if (scheme.name().equals("twilio") && url == null) {
            throw new InvalidInputException("--url: it is missing; twilio signs the URL");
        }
        if (payload == null && parameters.isEmpty()) {
            throw new InvalidInputException(PAYLOAD + ": it is missing; accepted: a file, or - for standard input");
        }
        if (payload != null && !parameters.isEmpty()) {
            throw new InvalidInputException(
                    PAYLOAD + ": '" + payload + "' is not accepted with " + PARAM + "; a form's fields are its body");
        }
        List<Message.Field> fields = fields();
        if (url != null) {
            UrlFlag.signed("--url", url);
        }
        return new Message(payload == null ? new byte[0] : body(), url == null ? "" : url, fields);
    }

    /** As typed; visible ASCII characters. */
    Optional<String> id() {
        if (id != null && !id.matches("[!-~]+")) {
            throw Quantity.wrong("--id", id, "visible ASCII characters");
        }
        return Optional.ofNullable(id);
    }

    /** Seconds since 1970, as typed. */
    OptionalLong timestamp() {
        return timestamp == null ? OptionalLong.empty() : OptionalLong.of(timestamp);
    }

    private byte[] body() {
        try (InputStream in = StandardStreams.open(payload)) {
            return in.readAllBytes();
        } catch (IOException | InvalidPathException e) {
            throw Quantity.wrong(
                    PAYLOAD,
                    payload,
                    "a file that can be read, or - for standard input (" + Failures.sentence(e) + ")");
        }
    }

    private List<Message.Field> fields() {
        List<Message.Field> fields = new ArrayList<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw Quantity.wrong(PARAM, parameter, "KEY=VALUE");
            }
            fields.add(new Message.Field(parameter.substring(0, equals), parameter.substring(equals + 1)));
        }
        return fields;
    }
}
