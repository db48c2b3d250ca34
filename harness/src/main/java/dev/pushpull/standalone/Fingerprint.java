package dev.pushpull.standalone;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What is remembered of an item of any size: the first 16 bytes of the SHA-256 of its id or content. */
public record Fingerprint(long high, long low) {
    /** @param named whether the text is an id; an id never equals a content */
    public static Fingerprint of(boolean named, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) (named ? 1 : 0));
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
            return new Fingerprint(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
