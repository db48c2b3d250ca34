package dev.pushpull.signing;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * Standard Webhooks 1.0.0. {@code v1} is HMAC-SHA256 over {@code id.timestamp.body} with a secret of 24 to 64 bytes,
 * written {@code whsec_} + Base64. {@code v1a} is Ed25519 over the same, signed with {@code whsk_} and verified with
 * {@code whpk_} (or {@code whsk_}). Several secrets, separated by spaces, make several signatures, as during a key
 * rotation; one that matches is enough. The headers may have Svix's names instead: {@code svix-id}, {@code
 * svix-timestamp} and {@code svix-signature} count if the standard's own three are not all present.
 */
public final class StandardWebhooks implements SignatureScheme {
    public static final String ID_HEADER = "webhook-id";
    public static final String TIMESTAMP_HEADER = "webhook-timestamp";
    public static final String SIGNATURE_HEADER = "webhook-signature";

    static final String SVIX_ID_HEADER = "svix-id";
    private static final String SVIX_TIMESTAMP_HEADER = "svix-timestamp";
    private static final String SVIX_SIGNATURE_HEADER = "svix-signature";

    private static final String SECRET_PREFIX = "whsec_";
    private static final String SYMMETRIC = "v1,";
    private static final String ASYMMETRIC = "v1a,";
    private static final int LEAST_SECRET_BYTES = 24;
    private static final int MOST_SECRET_BYTES = 64;

    private static final Hmac HMAC = new Hmac("HmacSHA256", StandardWebhooks::key);

    @Override
    public String name() {
        return "standard-webhooks";
    }

    @Override
    public String newSecret() {
        return SECRET_PREFIX + Hmac.base64(Hmac.randomBytes(LEAST_SECRET_BYTES));
    }

    @Override
    public void checkSecret(String secret) {
        for (String one : each(secret)) {
            if (Ed25519Key.isOne(one)) {
                Ed25519Key.of(one).check();
            } else {
                key(one);
            }
        }
    }

    @Override
    public Map<String, String> sign(String secret, String id, long timestampSeconds, Message message) {
        String before = before(id, Long.toString(timestampSeconds));
        StringJoiner signatures = new StringJoiner(" ");
        for (String one : each(secret)) {
            signatures.add(signature(one, before, message.body()));
        }
        Map<String, String> headers = new LinkedHashMap<>(); // always printed in this order
        headers.put(ID_HEADER, id);
        headers.put(TIMESTAMP_HEADER, Long.toString(timestampSeconds));
        headers.put(SIGNATURE_HEADER, signatures.toString());
        return headers;
    }

    private static String signature(String secret, String before, byte[] body) {
        return Ed25519Key.isOne(secret)
                ? ASYMMETRIC + Hmac.base64(Ed25519Key.of(secret).sign(before, body))
                : SYMMETRIC + Hmac.base64(HMAC.of(secret, before, body));
    }

    private static String before(String id, String timestamp) {
        return id + "." + timestamp + ".";
    }

    @Override
    public String deliveryId(Function<String, String> headers, byte[] body) {
        return Signed.in(headers).id();
    }

    @Override
    public Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds) {
        Signed signed = Signed.in(headers);
        if (!signed.complete()) {
            return Verdict.HEADER_MISSING;
        }
        Optional<Verdict> refusal = SignedTime.refusal(signed.timestamp(), nowSeconds, toleranceSeconds);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String before = before(signed.id(), signed.timestamp());
        List<String> candidates = candidates(signed.signatures());
        boolean genuine = false;
        for (String one : each(secret)) {
            genuine |= matches(one, before, message.body(), candidates);
        }
        return genuine ? Verdict.GENUINE : Verdict.FORGED;
    }

    private static boolean matches(String secret, String before, byte[] body, List<String> candidates) {
        boolean matches = false;
        if (Ed25519Key.isOne(secret)) {
            Ed25519Key key = Ed25519Key.of(secret);
            for (String candidate : candidates) {
                matches |= candidate.startsWith(ASYMMETRIC)
                        && key.verifies(before, body, candidate.substring(ASYMMETRIC.length()));
            }
        } else {
            String expected = signature(secret, before, body);
            for (String candidate : candidates) {
                matches |= Hmac.same(candidate, expected);
            }
        }
        return matches;
    }

    /** Secrets separated by spaces; usually there is one. A blank one among them is refused. */
    private static List<String> each(String several) {
        return several.indexOf(' ') < 0 ? List.of(several) : Arrays.asList(several.split(" ", -1));
    }

    /** Spaces separate signatures within a header; a comma and a space separate those of two headers. */
    private static List<String> candidates(String signatures) {
        List<String> each = each(signatures);
        if (each.size() == 1) {
            return each;
        }
        each.replaceAll(one -> one.endsWith(",") ? one.substring(0, one.length() - 1) : one);
        return each;
    }

    /**
     * The headers of one message: all three of one kind, so that only a signed id counts.
     *
     * @param id null when it is absent or blank
     */
    private record Signed(String id, String timestamp, String signatures) {
        static Signed in(Function<String, String> headers) {
            Signed own = of(headers, ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER);
            return own.complete() ? own : of(headers, SVIX_ID_HEADER, SVIX_TIMESTAMP_HEADER, SVIX_SIGNATURE_HEADER);
        }

        private static Signed of(Function<String, String> headers, String id, String timestamp, String signatures) {
            return new Signed(
                    BodyIds.unlessBlank(headers.apply(id)), headers.apply(timestamp), headers.apply(signatures));
        }

        boolean complete() {
            return id != null && timestamp != null && signatures != null;
        }
    }

    private static byte[] key(String secret) {
        String encoded = secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
        byte[] key;
        try {
            key = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a secret is whsec_ followed by Base64", e);
        }
        if (key.length < LEAST_SECRET_BYTES || key.length > MOST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "a secret is whsec_ followed by Base64 of 24 to 64 bytes, not of " + key.length);
        }
        return key;
    }
}
