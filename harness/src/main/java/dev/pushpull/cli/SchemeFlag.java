package dev.pushpull.cli;

import dev.pushpull.delivery.webhook.Credential;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of {@code --scheme}. */
final class SchemeFlag {
    private static final String HEADER = "header";

    /** Schemes that sign nothing: the sender shows the secret. With the form of the secret. */
    private static final Map<String, String> SHOWN = new LinkedHashMap<>();

    static {
        SHOWN.put("basic", "USER:PASSWORD");
        SHOWN.put("bearer", "TOKEN");
        SHOWN.put(HEADER, "'NAME: VALUE'");
    }

    private SchemeFlag() {}

    /** The values for a receiver, which may also accept webhooks that are not signed. */
    static SignatureScheme ofReceiver(String name) {
        if (name.equals(SignatureSchemes.NONE.name()) || isShown(name)) {
            return SignatureSchemes.NONE;
        }
        List<String> all = new ArrayList<>(SignatureSchemes.names());
        all.addAll(SHOWN.keySet());
        all.add(SignatureSchemes.NONE.name());
        return SignatureSchemes.named(name).orElseThrow(() -> Names.unknown("signature scheme", name, all));
    }

    /** @throws InvalidInputException with the nearest known name, when there is no such scheme */
    static SignatureScheme named(String name) {
        return SignatureSchemes.named(name)
                .orElseThrow(() -> Names.unknown("signature scheme", name, SignatureSchemes.names()));
    }

    /** Whether the sender shows the secret itself. */
    static boolean isShown(String name) {
        return SHOWN.containsKey(name);
    }

    /** The form of the secret that is shown. */
    static String secretOf(String name) {
        return SHOWN.get(name);
    }

    /** @throws InvalidInputException in one line without the secret, when that does not have the scheme's form */
    static Credential shown(String name, String secret) {
        String credential = name + ":" + secret;
        if (name.equals(HEADER)) {
            int colon = secret.indexOf(':');
            credential = colon < 0
                    ? ""
                    : "header:" + secret.substring(0, colon).strip() + "="
                            + secret.substring(colon + 1).strip();
        }
        SecretFlags.ofThisRun().learn(SecretKind.CREDENTIAL, credential);
        try {
            return Credential.of(credential);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "--secret: it is not accepted for %s; accepted: %s, of visible ASCII characters and none of them empty"
                            .formatted(name, secretOf(name)));
        }
    }
}
