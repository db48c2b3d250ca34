package dev.pushpull.signing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key of Standard Webhooks' asymmetric signatures: {@code whsk_} + Base64 of seed and public key, which signs and
 * verifies, or {@code whpk_} + Base64 of the public key, which verifies only.
 *
 * @param privateKey null for a key that only verifies
 */
record Ed25519Key(PrivateKey privateKey, PublicKey publicKey) {
    private static final String ALGORITHM = "Ed25519";
    private static final String SIGNING_PREFIX = "whsk_";
    private static final String VERIFYING_PREFIX = "whpk_";
    private static final int PUBLIC_BYTES = 32;
    private static final int SIGNING_BYTES = 64;

    static boolean isOne(String secret) {
        return secret.startsWith(SIGNING_PREFIX) || secret.startsWith(VERIFYING_PREFIX);
    }

    /** @throws IllegalArgumentException with the expected form, when it is malformed */
    static Ed25519Key of(String secret) {
        boolean signs = secret.startsWith(SIGNING_PREFIX);
        String prefix = signs ? SIGNING_PREFIX : VERIFYING_PREFIX;
        int wanted = signs ? SIGNING_BYTES : PUBLIC_BYTES;
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(secret.substring(prefix.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a key is " + prefix + " followed by Base64", e);
        }
        if (bytes.length != wanted) {
            throw new IllegalArgumentException(
                    "a key is %s followed by Base64 of %d bytes, not of %d".formatted(prefix, wanted, bytes.length));
        }
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            byte[] seed = Arrays.copyOf(bytes, signs ? SIGNING_BYTES - PUBLIC_BYTES : 0);
            byte[] point = Arrays.copyOfRange(bytes, wanted - PUBLIC_BYTES, wanted);
            return new Ed25519Key(
                    signs ? keys.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)) : null,
                    keys.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point(point))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a key is " + prefix + " followed by Base64 of an Ed25519 key", e);
        }
    }

    /** RFC 8032, section 5.1.2: y, least significant byte first; its highest bit says whether x is odd. */
    private static EdECPoint point(byte[] encoded) {
        byte[] y = new byte[PUBLIC_BYTES];
        for (int i = 0; i < PUBLIC_BYTES; i++) {
            y[i] = encoded[PUBLIC_BYTES - 1 - i];
        }
        boolean xIsOdd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        return new EdECPoint(xIsOdd, new BigInteger(1, y));
    }

    /** @throws IllegalArgumentException when the key cannot verify anything, not even its own signatures */
    void check() {
        byte[] nothing = {};
        boolean isPair = privateKey == null || verifies("", nothing, Hmac.base64(sign("", nothing)));
        if (!isPair) {
            throw new IllegalArgumentException(
                    "a key is whsk_ followed by Base64 of a seed and of its public key; this is the public key of another");
        }
        verifies("", nothing, Hmac.base64(new byte[SIGNING_BYTES]));
    }

    /** @throws IllegalArgumentException when it only verifies */
    byte[] sign(String before, byte[] body) {
        if (privateKey == null) {
            throw new IllegalArgumentException("a whpk_ key only verifies; a whsk_ key signs");
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(before.getBytes(StandardCharsets.UTF_8));
            signature.update(body);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * Whether a signature was made with this key.
     *
     * @param base64 accepted only in its canonical spelling: no bit of it may differ
     * @throws IllegalArgumentException when the public key is not a point of the curve
     */
    boolean verifies(String before, byte[] body, String base64) {
        try {
            byte[] claimed = Base64.getDecoder().decode(base64);
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(publicKey);
            signature.update(before.getBytes(StandardCharsets.UTF_8));
            signature.update(body);
            return Hmac.base64(claimed).equals(base64) && signature.verify(claimed);
        } catch (InvalidKeyException e) { // Java does not check a public key earlier
            throw new IllegalArgumentException("a key is Base64 of an Ed25519 key, and this is none", e);
        } catch (IllegalArgumentException | SignatureException e) {
            return false; // not Base64, or too wrong to be a signature
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
