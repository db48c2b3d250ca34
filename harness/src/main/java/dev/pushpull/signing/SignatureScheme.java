package dev.pushpull.signing;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How a webhook proves its origin. Implementations are immutable and thread-safe. */
public interface SignatureScheme {
    /** Its name for {@code --scheme}. */
    String name();

    /** A new secret in the scheme's form. */
    String newSecret();

    /** @throws IllegalArgumentException with the expected form, when the secret does not have it */
    void checkSecret(String secret);

    /**
     * The headers to send with a message.
     *
     * @param id the delivery's id, the same for every attempt
     * @param timestampSeconds seconds since 1970 at this attempt
     * @throws IllegalArgumentException when the secret does not have the scheme's form
     */
    Map<String, String> sign(String secret, String id, long timestampSeconds, Message message);

    /** Whether a signature covers the URL and a form's fields, so that verifying needs them. */
    default boolean coversUrl() {
        return false;
    }

    /** Whether a genuine message must have been made by the holder of a secret. */
    default boolean provesSender() {
        return true;
    }

    /** The URL that a message must be sent to, given the endpoint's: some schemes add to its query. */
    default String target(String url, byte[] body) {
        return url;
    }

    /**
     * The id by which a receiver recognises repeated deliveries; null when there is none, or a blank one. Only for
     * genuine messages; not every scheme signs its id.
     *
     * @param headers returns the value of a header by its lower-case name, null when absent; fields of one name form
     *     one list, separated by {@code ", "}
     */
    String deliveryId(Function<String, String> headers, byte[] body);

    /** The answer that a genuine message asks for instead of being accepted, before its sender sends any event. */
    default Optional<String> challenge(byte[] body) {
        return Optional.empty();
    }

    /**
     * Whether a message comes from the holder of the secret, and recently. Takes the same time wherever a signature
     * differs.
     *
     * @param headers returns the value of a header by its lower-case name, null when absent; fields of one name form
     *     one list, separated by {@code ", "}
     * @param nowSeconds seconds since 1970
     * @param toleranceSeconds how far the timestamp may be from now, if the scheme has one
     * @throws IllegalArgumentException when the secret does not have the scheme's form
     */
    Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds);

    /** The result of a verification. */
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
