package dev.pushpull.signing;

import java.util.List;
import java.util.Optional;

/** All signature schemes. */
public final class SignatureSchemes {
    /** The scheme used by default. */
    public static final SignatureScheme DEFAULT = new StandardWebhooks();

    /** Accepts every message, for a receiver that was told to. It is not listed among the others. */
    public static final SignatureScheme NONE = new Unsigned();

    private static final List<SignatureScheme> ALL = List.of(
            DEFAULT,
            new Stripe(),
            BodySignature.GITHUB,
            BodySignature.GITLAB,
            BodySignature.SHOPIFY,
            new Twilio(),
            new Slack());

    private SignatureSchemes() {}

    /** The scheme with that name. */
    public static Optional<SignatureScheme> named(String name) {
        return ALL.stream().filter(scheme -> scheme.name().equals(name)).findFirst();
    }

    /** The names accepted by {@code --scheme}. */
    public static List<String> names() {
        return ALL.stream().map(SignatureScheme::name).toList();
    }
}
