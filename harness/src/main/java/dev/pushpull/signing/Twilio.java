package dev.pushpull.signing;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Twilio: {@code X-Twilio-Signature}, Base64 of HMAC-SHA1 over the whole URL followed by a form's fields and values in
 * the order of the fields' names. A body that is no form is covered by its SHA-256 in the URL's query,
 * {@code bodySHA256}. A URL counts with and without its port, for proxies drop or add it.
 */
final class Twilio implements SignatureScheme {
    private static final String HEADER = "X-Twilio-Signature";
    private static final String ID_HEADER = "I-Twilio-Idempotency-Token";
    private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]*)");
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
        return url + (url.contains("?") ? "&" : "?") + "bodySHA256=" + hash(body);
    }

    @Override
    public Map<String, String> sign(String secret, String id, long timestampSeconds, Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID_HEADER, id);
        headers.put(HEADER, signature(secret, message.url(), message.parameters()));
        return headers;
    }

    @Override
    public String deliveryId(Function<String, String> headers, byte[] body) {
        return headers.apply("i-twilio-idempotency-token");
    }

    @Override
    public Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds) {
        String claimed = headers.apply("x-twilio-signature");
        if (claimed == null) {
            return Verdict.HEADER_MISSING;
        }
        boolean genuine = false;
        for (String url : spellings(message.url())) {
            genuine |= Hmac.same(claimed, signature(secret, url, message.parameters()));
        }
        return genuine && coversBody(message) ? Verdict.GENUINE : Verdict.FORGED;
    }

    /** A form is signed itself; any other body has to be named by its hash. */
    private static boolean coversBody(Message message) {
        Matcher hash = BODY_HASH.matcher(message.url());
        return hash.find()
                ? Hmac.same(hash.group(1), hash(message.body()))
                : !message.parameters().isEmpty() || message.body().length == 0;
    }

    private static String signature(String secret, String url, Map<String, String> parameters) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((field, value) -> signed.append(field).append(value));
        return Hmac.base64(Hmac.SHA1.of(secret, signed.toString(), new byte[0]));
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
