package dev.pushpull.signing;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How a webhook proves where it comes from. Implementations are immutable and thread-safe. */
public interface SignatureScheme {
    /** What {@code --scheme} takes. */
    String name();

    /** A fresh secret in the form the scheme wants. */
    String newSecret();

    /** @throws IllegalArgumentException with what is wanted, when the secret has not the form the scheme wants */
    void checkSecret(String secret);

    /**
     * The headers that go with a message.
     *
     * @param id the delivery's id, the same for every attempt
     * @param timestampSeconds seconds since 1970 at this attempt
     * @throws IllegalArgumentException when the secret has not the form the scheme wants
     */
    Map<String, String> sign(String secret, String id, long timestampSeconds, Message message);

    /** Whether a signature covers the URL and a form's fields, which are then needed to verify it. */
    default boolean coversUrl() {
        return false;
    }

    /** Whether a message that is genuine was made by the holder of a secret, and by nobody else. */
    default boolean provesSender() {
        return true;
    }

    /** Where a message has to be sent, given the endpoint's URL: some schemes put something into its query. */
    default String target(String url, byte[] body) {
        return url;
    }

    /**
     * The id by which a receiver recognises a delivery it has had before; null when there is none, or a blank one. Of a
     * message that is genuine; not every scheme has its id signed.
     *
     * @param headers the value of a header by its name in lower case, null when absent; fields of one name are one list,
     *     divided by {@code ", "}
     */
    String deliveryId(Function<String, String> headers, byte[] body);

    /** What a genuine message wants to have answered instead of being taken, before its sender sends any event. */
    default Optional<String> challenge(byte[] body) {
        return Optional.empty();
    }

    /**
     * Whether a message comes from the holder of the secret, and recently. Takes the same time wherever a signature
     * differs.
     *
     * @param headers the value of a header by its name in lower case, null when absent; fields of one name are one list,
     *     divided by {@code ", "}
     * @param nowSeconds seconds since 1970
     * @param toleranceSeconds how far the timestamp may lie from now, where the scheme has one
     * @throws IllegalArgumentException when the secret has not the form the scheme wants
     */
    Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds);

    /** The outcome of a verification. */
    enum Verdict {
        GENUINE("genuine"),
        HEADER_MISSING("a signature header is missing"),
        TIMESTAMP_MALFORMED("the timestamp is no number"),
        TOO_OLD("the timestamp is too old"),
        TOO_NEW("the timestamp lies in the future"),
        FORGED("no signature matches");

        private final String reason;

        Verdict(String reason) {
            this.reason = reason;
        }

        /** In words, for people. */
        public String reason() {
            return reason;
        }
    }
}
