package dev.pushpull.signing;

import java.util.List;
import java.util.Optional;

/** All signature schemes there are. */
public final class SignatureSchemes {
    /** What is used unless another is asked for. */
    public static final SignatureScheme DEFAULT = new StandardWebhooks();

    /** Believes everybody: for a receiver that is told so. It has no name among the others. */
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

    /** The scheme of that name. */
    public static Optional<SignatureScheme> named(String name) {
        return ALL.stream().filter(scheme -> scheme.name().equals(name)).findFirst();
    }

    /** What {@code --scheme} takes. */
    public static List<String> names() {
        return ALL.stream().map(SignatureScheme::name).toList();
    }
}
