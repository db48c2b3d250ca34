package dev.pushpull.standalone;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What is remembered of an item, however large: the first 16 bytes of its id's or content's SHA-256. */
record Fingerprint(long high, long low) {
    /** @param named whether the text is an id; no id is the same as any content */
    static Fingerprint of(boolean named, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) (named ? 1 : 0));
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
            return new Fingerprint(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
