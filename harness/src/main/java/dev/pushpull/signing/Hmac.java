package dev.pushpull.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes of one algorithm, and what schemes do with them. When calls are rare and caches cold, looking up the
 * algorithm and reading the secret take longer than the hash itself, so each thread keeps both for its next call.
 */
final class Hmac {
    static final Hmac SHA256 = new Hmac("HmacSHA256", Hmac::key);
    static final Hmac SHA1 = new Hmac("HmacSHA1", Hmac::key);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 16;

    private final String algorithm;
    private final Function<String, byte[]> keyOf;
    private final ThreadLocal<Keyed> ofThisThread = ThreadLocal.withInitial(this::lookedUp);

    private static final class Keyed {
        final Mac mac;

        /** The secret of the current Mac, which has hashed nothing yet; null when unknown. */
        String secret;

        Keyed(Mac mac) {
            this.mac = mac;
        }
    }

    /** @param keyOf returns the bytes of a secret; throws IllegalArgumentException when its form is wrong */
    Hmac(String algorithm, Function<String, byte[]> keyOf) {
        this.algorithm = algorithm;
        this.keyOf = keyOf;
    }

    private Keyed lookedUp() {
        try {
            return new Keyed(Mac.getInstance(algorithm));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** The hash of a text followed by bytes. */
    byte[] of(String secret, String before, byte[] body) {
        Keyed keyed = ofThisThread.get();
        String ready = keyed.secret;
        keyed.secret = null;
        if (!secret.equals(ready)) {
            try {
                keyed.mac.init(new SecretKeySpec(keyOf.apply(secret), algorithm));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a key of any bytes will do for " + algorithm, e);
            }
        }
        keyed.mac.update(before.getBytes(StandardCharsets.UTF_8));
        byte[] hash = keyed.mac.doFinal(body);
        keyed.secret = secret;
        return hash;
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether two texts are equal, compared in a time that does not reveal where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes of a secret that is text. */
    static byte[] key(String secret) {
        checkText(secret);
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException unless it is visible text that can stand in a header */
    static void checkText(String secret) {
        if (secret.isBlank() || !secret.chars().allMatch(character -> character >= ' ' && character < 127)) {
            throw new IllegalArgumentException("a secret is printable ASCII text, and not blank");
        }
    }

    static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A secret for schemes that prescribe no form. */
    static String randomText() {
        return hex(randomBytes(SECRET_BYTES));
    }
}
