package dev.pushpull.watch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The elements of a page that a content policy allows, each by its hash (CSP 3, 2.3.1): no other can slip in. */
final class Hashes {
    private Hashes() {}

    /** @param tag of elements without attributes */
    static String of(String page, String tag) {
        return Pattern.compile("<" + tag + ">(.*?)</" + tag + ">", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(found -> "'sha256-" + hash(found.group(1)) + "'")
                .collect(Collectors.joining(" "));
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
