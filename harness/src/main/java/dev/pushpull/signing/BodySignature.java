package dev.pushpull.signing;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Schemes that sign only the body, without a timestamp, and name the delivery in an unsigned header: anyone who
 * recorded a message can send it again under another id.
 */
final class BodySignature implements SignatureScheme {
    /**
     * GitHub: {@code X-Hub-Signature-256: sha256=SIG}, hexadecimal HMAC-SHA256 of the body; {@code X-GitHub-Delivery}
     * stays the same on redelivery.
     */
    static final SignatureScheme GITHUB = new BodySignature(
            "github",
            "X-Hub-Signature-256",
            "X-GitHub-Delivery",
            (secret, body) -> "sha256=" + Hmac.hex(Hmac.SHA256.of(secret, "", body)));

    /**
     * GitLab: {@code X-Gitlab-Token} is the secret itself, and nothing is signed; {@code Idempotency-Key} names the
     * delivery.
     */
    static final SignatureScheme GITLAB =
            new BodySignature("gitlab", "X-Gitlab-Token", "Idempotency-Key", (secret, body) -> secret);

    /** Shopify: {@code X-Shopify-Hmac-SHA256}, Base64 of HMAC-SHA256 of the body; {@code X-Shopify-Webhook-Id}. */
    static final SignatureScheme SHOPIFY = new BodySignature(
            "shopify",
            "X-Shopify-Hmac-SHA256",
            "X-Shopify-Webhook-Id",
            (secret, body) -> Hmac.base64(Hmac.SHA256.of(secret, "", body)));

    private final String name;
    private final String header;
    private final String idHeader;
    private final BiFunction<String, byte[], String> signature;

    private BodySignature(String name, String header, String idHeader, BiFunction<String, byte[], String> signature) {
        this.name = name;
        this.header = header;
        this.idHeader = idHeader;
        this.signature = signature;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String newSecret() {
        return Hmac.randomText();
    }

    @Override
    public void checkSecret(String secret) {
        Hmac.checkText(secret);
        if (this == GITLAB && !secret.equals(secret.strip())) {
            throw new IllegalArgumentException(
                    "a secret is text without spaces at its ends: a header carries it and would lose them");
        }
    }

    @Override
    public Map<String, String> sign(String secret, String id, long timestampSeconds, Message message) {
        checkSecret(secret);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(idHeader, id);
        headers.put(header, signature.apply(secret, message.body()));
        return headers;
    }

    @Override
    public String deliveryId(Function<String, String> headers, byte[] body) {
        return BodyIds.unlessBlank(headers.apply(idHeader.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds) {
        checkSecret(secret);
        String claimed = headers.apply(header.toLowerCase(Locale.ROOT));
        if (claimed == null) {
            return Verdict.HEADER_MISSING;
        }
        return Hmac.same(claimed, signature.apply(secret, message.body())) ? Verdict.GENUINE : Verdict.FORGED;
    }
}
