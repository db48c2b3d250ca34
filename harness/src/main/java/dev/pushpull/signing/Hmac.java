package dev.pushpull.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes of one algorithm, and what schemes do with them. */
final class Hmac {
    static final Hmac SHA256 = new Hmac("HmacSHA256");
    static final Hmac SHA1 = new Hmac("HmacSHA1");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 16;

    private final String algorithm;

    /** Looking the algorithm up takes longer than using it, where calls are few and caches cold. */
    private final ThreadLocal<Mac> macs;

    private Hmac(String algorithm) {
        this.algorithm = algorithm;
        this.macs = ThreadLocal.withInitial(() -> lookedUp(algorithm));
    }

    private static Mac lookedUp(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** Of a text followed by bytes. */
    byte[] of(byte[] key, String before, byte[] body) {
        try {
            Mac mac = macs.get();
            mac.init(new SecretKeySpec(key, algorithm));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of any bytes will do for " + algorithm, e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether two texts are the same, in a time that does not tell where they differ. */
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
        if (secret.isEmpty() || !secret.chars().allMatch(character -> character >= ' ' && character < 127)) {
            throw new IllegalArgumentException("a secret is printable ASCII text, and not empty");
        }
    }

    static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A secret without a form of its own. */
    static String randomText() {
        return hex(randomBytes(SECRET_BYTES));
    }
}
