package dev.pushpull.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Standard Webhooks 1.0.0, symmetric: {@code v1} is HMAC-SHA256 over {@code id.timestamp.body} under a secret of 24 to 64
 * bytes written {@code whsec_} + Base64. Several signatures may stand in the header, divided by spaces; one that
 * matches is enough.
 */
public final class StandardWebhooks implements SignatureScheme {
    public static final String ID_HEADER = "webhook-id";
    public static final String TIMESTAMP_HEADER = "webhook-timestamp";
    public static final String SIGNATURE_HEADER = "webhook-signature";

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final int LEAST_SECRET_BYTES = 24;
    private static final int MOST_SECRET_BYTES = 64;
    private static final String ALGORITHM = "HmacSHA256";

    /** Looking the algorithm up takes longer than using it, where calls are few and caches cold. */
    private static final ThreadLocal<Mac> HMAC = ThreadLocal.withInitial(StandardWebhooks::newHmac);

    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public String name() {
        return "standard-webhooks";
    }

    @Override
    public String newSecret() {
        byte[] key = new byte[LEAST_SECRET_BYTES];
        RANDOM.nextBytes(key);
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(key);
    }

    @Override
    public Map<String, String> sign(String secret, String id, long timestampSeconds, byte[] body) {
        String timestamp = Long.toString(timestampSeconds);
        byte[] signature = hmac(secret, id, timestamp, body);
        Map<String, String> headers = new LinkedHashMap<>(); // in this order whenever they are printed
        headers.put(ID_HEADER, id);
        headers.put(TIMESTAMP_HEADER, timestamp);
        headers.put(SIGNATURE_HEADER, VERSION + Base64.getEncoder().encodeToString(signature));
        return headers;
    }

    @Override
    public String deliveryId(Function<String, String> headers) {
        return headers.apply(ID_HEADER);
    }

    @Override
    public Verdict verify(
            String secret, Function<String, String> headers, byte[] body, long nowSeconds, long toleranceSeconds) {
        String id = headers.apply(ID_HEADER);
        String timestamp = headers.apply(TIMESTAMP_HEADER);
        String signatures = headers.apply(SIGNATURE_HEADER);
        if (id == null || timestamp == null || signatures == null) {
            return Verdict.HEADER_MISSING;
        }
        long timestampSeconds;
        try {
            timestampSeconds = Long.parseLong(timestamp);
        } catch (NumberFormatException e) {
            return Verdict.TIMESTAMP_MALFORMED;
        }
        if (timestampSeconds < nowSeconds - toleranceSeconds) {
            return Verdict.TOO_OLD;
        }
        if (timestampSeconds > nowSeconds + toleranceSeconds) {
            return Verdict.TOO_NEW;
        }
        String expected = Base64.getEncoder().encodeToString(hmac(secret, id, timestamp, body));
        boolean genuine = false;
        for (String candidate : signatures.split(" ")) {
            genuine |= candidate.startsWith(VERSION)
                    && MessageDigest.isEqual(
                            candidate.substring(VERSION.length()).getBytes(StandardCharsets.UTF_8),
                            expected.getBytes(StandardCharsets.UTF_8));
        }
        return genuine ? Verdict.GENUINE : Verdict.FORGED;
    }

    /** @throws IllegalArgumentException with what is wanted, when the secret is malformed */
    public static void checkSecret(String secret) {
        key(secret);
    }

    private static byte[] hmac(String secret, String id, String timestamp, byte[] body) {
        try {
            Mac mac = HMAC.get();
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of any bytes will do for " + ALGORITHM, e);
        }
    }

    private static Mac newHmac() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
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
