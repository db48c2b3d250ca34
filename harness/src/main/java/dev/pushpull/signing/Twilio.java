package dev.pushpull.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Twilio: {@code X-Twilio-Signature}, Base64 of HMAC-SHA1 over the whole URL followed by a form's fields and values,
 * sorted by field name; if a name is repeated, each different value counts once, in order. Twilio's own SDKs do the
 * same, and like them this signs a field without a name. A body that is not a form is covered by its SHA-256 in the
 * URL's query, {@code bodySHA256}; a form may be. A URL counts with and without its port, because proxies remove or add
 * it.
 */
final class Twilio implements SignatureScheme {
    private static final String HEADER = "X-Twilio-Signature";
    private static final String ID_HEADER = "I-Twilio-Idempotency-Token";
    private static final String BODY_HASH = "bodySHA256";
    private static final Pattern AUTHORITY = Pattern.compile("^(https?)://([^/?#]*?)(?::(\\d+))?(?=[/?#]|$)");

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public String newSecret() {
        return Hmac.randomText();
    }

    @Override
    public void checkSecret(String secret) {
        Hmac.checkText(secret);
    }

    @Override
    public boolean coversUrl() {
        return true;
    }

    @Override
    public String target(String url, byte[] body) {
        return url + (url.contains("?") ? "&" : "?") + BODY_HASH + "=" + hash(body);
    }

    @Override
    public Map<String, String> sign(String secret, String id, long timestampSeconds, Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID_HEADER, id);
        headers.put(HEADER, signature(secret, message.url(), signedFields(message)));
        return headers;
    }

    @Override
    public String deliveryId(Function<String, String> headers, byte[] body) {
        return BodyIds.unlessBlank(headers.apply("i-twilio-idempotency-token"));
    }

    @Override
    public Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds) {
        String claimed = headers.apply("x-twilio-signature");
        if (claimed == null) {
            return Verdict.HEADER_MISSING;
        }
        String fields = signedFields(message);
        boolean byFields = isCoveredByFields(message, fields);
        boolean byHash = isCoveredByHash(message);
        boolean genuine = false;
        for (String url : spellings(message.url())) {
            genuine |= byFields & Hmac.same(claimed, signature(secret, url, fields));
            genuine |= byHash & Hmac.same(claimed, signature(secret, url, ""));
        }
        return genuine ? Verdict.GENUINE : Verdict.FORGED;
    }

    /** Whether a signature over URL and fields protects the body. Fields without any text do not. */
    private static boolean isCoveredByFields(Message message, String fields) {
        boolean hasNothingToCover =
                message.body().length == 0 || !message.parameters().isEmpty();
        return !fields.isEmpty()
                || hasNothingToCover && namedHash(message.url()).isEmpty();
    }

    /** Whether the signed URL contains the hash of this body. */
    private static boolean isCoveredByHash(Message message) {
        boolean hasBody = message.body().length > 0 || message.parameters().isEmpty();
        return hasBody
                && namedHash(message.url())
                        .filter(named -> Hmac.same(named, hash(message.body())))
                        .isPresent();
    }

    /** The first hash in a URL's query, decoded. */
    private static Optional<String> namedHash(String url) {
        int query = url.indexOf('?');
        if (query < 0) {
            return Optional.empty();
        }
        for (String pair : url.substring(query + 1).split("[&#]")) {
            Optional<List<Message.Field>> read = FormFields.of(pair.getBytes(StandardCharsets.UTF_8));
            if (read.isEmpty() && pair.startsWith(BODY_HASH)) {
                return Optional.of(""); // no body has this hash
            }
            for (Message.Field field : read.orElse(List.of())) {
                if (field.name().equals(BODY_HASH)) {
                    return Optional.of(field.value());
                }
            }
        }
        return Optional.empty();
    }

    private static String signedFields(Message message) {
        Map<String, SortedSet<String>> values = new TreeMap<>();
        for (Message.Field field : message.parameters()) {
            values.computeIfAbsent(field.name(), name -> new TreeSet<>()).add(field.value());
        }
        StringBuilder signed = new StringBuilder();
        values.forEach((name, each) -> each.forEach(value -> signed.append(name).append(value)));
        return signed.toString();
    }

    private static String signature(String secret, String url, String fields) {
        return Hmac.base64(Hmac.SHA1.of(secret, url + fields, new byte[0]));
    }

    /** The URL with and without its port. */
    private static List<String> spellings(String url) {
        Matcher authority = AUTHORITY.matcher(url);
        if (!authority.find()) {
            return List.of(url);
        }
        String host = authority.group(1) + "://" + authority.group(2);
        String rest = url.substring(authority.end());
        String port = authority.group(3) != null
                ? authority.group(3)
                : authority.group(1).equals("https") ? "443" : "80";
        return List.of(host + rest, host + ":" + port + rest);
    }

    private static String hash(byte[] body) {
        try {
            return Hmac.hex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
