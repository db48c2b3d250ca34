package dev.pushpull.cli;

import dev.pushpull.delivery.webhook.Credential;
import dev.pushpull.delivery.webhook.Exposure;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.standalone.PushPointers;
import dev.pushpull.standalone.Receiving;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say how a receiver takes webhooks, and what it takes from them. */
@FlagGroup.In(FlagGroup.WEBHOOKS)
final class ReceiverFlags {
    private static final String SECRET = "--secret";
    private static final String INBOX_FILE = "inbox.db";

    /** A text, since a receiver takes more than the schemes that sign. */
    @Option(
            names = "--scheme",
            paramLabel = "NAME",
            description = "How webhooks are signed: standard-webhooks, stripe, github, gitlab, shopify, twilio "
                    + "or slack. Without a signature, the secret itself is sent: basic (--secret USER:PASSWORD), "
                    + "bearer (TOKEN) or header ('NAME: VALUE'). none: NO SIGNATURE IS CHECKED; anyone who reaches "
                    + "this address is believed, except for --auth (default: ${DEFAULT-VALUE}).")
    private String scheme = SignatureSchemes.DEFAULT.name();

    @Option(
            names = SECRET,
            paramLabel = "SECRET",
            description = "The shared secret. Required, unless --subscribe creates one.")
    @Secret(SecretKind.WHOLE)
    private String secret;

    @Option(names = SecretFile.NAME, paramLabel = "FILE", description = SecretFile.DESCRIPTION)
    private String secretFile;

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
            names = KeepFlag.NAME,
            paramLabel = "DURATION",
            defaultValue = KeepFlag.DEFAULT,
            description = KeepFlag.OF_MESSAGES)
    private KeepFlag keep;

    @Mixin
    private PushItemFlags items = new PushItemFlags();

    @Mixin
    private ExposureFlags exposure = new ExposureFlags();

    /**
     * Checks all of them.
     *
     * @return makes the settings, once the results folder is known
     */
    Function<Path, Receiving.Setup> read(ListenAddress at) {
        SignatureScheme signature = SchemeFlag.ofReceiver(scheme);
        Optional<String> given = SecretFile.or(secret, secretFile);
        Optional<URI> subscribed = provider(signature);
        Optional<Credential> shown = SchemeFlag.isShown(scheme) ? Optional.of(shown(given)) : Optional.empty();
        String key = signature == SignatureSchemes.NONE ? none(given, shown) : key(signature, given);
        Exposure reached = exposure.read(at.path(), scheme, shown);
        PushPointers pointers = items.read();
        if (callback != null) {
            UrlFlag.checked("--callback", callback, "https://me.example/webhooks/0");
        }
        if (inbox != null) {
            WebhookFlags.check(WebhookFlags.INBOX, inbox);
        }
        return folder -> new Receiving.Setup(
                at.host(),
                at.port(),
                signature,
                key,
                subscribed,
                stream,
                Optional.ofNullable(callback),
                inbox == null ? new StoreAddress(folder.resolve(INBOX_FILE).toString()) : inbox,
                reached,
                pointers,
                keep.nanos());
    }

    /** What somebody who starts it must know; empty when there is nothing. */
    Optional<String> warning() {
        return scheme.equals(SignatureSchemes.NONE.name())
                ? Optional.of("WARNING: --scheme none: NO SIGNATURE IS CHECKED. Anyone who reaches this address "
                        + (exposure.wantsCredential() ? "and has the --auth credential " : "")
                        + "is believed.")
                : Optional.empty();
    }

    private static String none(Optional<String> given, Optional<Credential> shown) {
        if (given.isPresent() && shown.isEmpty()) {
            throw new InvalidInputException("--secret: it is not accepted with --scheme none, which checks nothing");
        }
        return "";
    }

    private Credential shown(Optional<String> given) {
        String value = given.orElseThrow(() -> new InvalidInputException(
                "--secret: it is missing; --scheme %s requires %s".formatted(scheme, SchemeFlag.secretOf(scheme))));
        return SchemeFlag.shown(scheme, value);
    }

    private String key(SignatureScheme signature, Optional<String> given) {
        if (given.isEmpty()) {
            if (provider == null) {
                throw new InvalidInputException("--secret: it is missing; required unless --subscribe creates one");
            }
            return "";
        }
        try {
            signature.checkSecret(given.get());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "--secret: it is not accepted for %s; %s".formatted(scheme, e.getMessage()));
        }
        return given.get();
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
            throw new InvalidInputException(
                    "--scheme: %s is not accepted with --subscribe; a provider signs".formatted(scheme));
        }
        return Optional.of(UrlFlag.checked("--subscribe", provider, "http://127.0.0.1:8080")
                .uri());
    }
}
