package dev.pushpull.signing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Slack: {@code X-Slack-Signature: v0=SIG}, hexadecimal HMAC-SHA256 over {@code v0:timestamp:body}, with
 * {@code X-Slack-Request-Timestamp}. A delivery is recognised by {@code event_id} in the body, else by {@code id}.
 */
final class Slack implements SignatureScheme {
    private static final String VERSION = "v0";

    @Override
    public String name() {
        return "slack";
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
    public Map<String, String> sign(String secret, String id, long timestampSeconds, Message message) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Slack-Request-Timestamp", Long.toString(timestampSeconds));
        headers.put("X-Slack-Signature", signature(secret, Long.toString(timestampSeconds), message.body()));
        return headers;
    }

    @Override
    public String deliveryId(Function<String, String> headers, byte[] body) {
        return BodyIds.first(body, "event_id", "id");
    }

    /** The URL must answer a challenge once before Slack sends events to it; the challenge is signed like any event. */
    @Override
    public Optional<String> challenge(byte[] body) {
        return "url_verification".equals(BodyIds.first(body, "type"))
                ? Optional.ofNullable(BodyIds.first(body, "challenge"))
                : Optional.empty();
    }

    @Override
    public Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds) {
        String timestamp = headers.apply("x-slack-request-timestamp");
        String claimed = headers.apply("x-slack-signature");
        if (timestamp == null || claimed == null) {
            return Verdict.HEADER_MISSING;
        }
        Optional<Verdict> refusal = SignedTime.refusal(timestamp, nowSeconds, toleranceSeconds);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return Hmac.same(claimed, signature(secret, timestamp, message.body())) ? Verdict.GENUINE : Verdict.FORGED;
    }

    private static String signature(String secret, String timestamp, byte[] body) {
        return VERSION + "=" + Hmac.hex(Hmac.SHA256.of(secret, VERSION + ":" + timestamp + ":", body));
    }
}
