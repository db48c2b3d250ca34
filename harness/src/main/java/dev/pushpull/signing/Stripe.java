package dev.pushpull.signing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stripe: {@code Stripe-Signature: t=T,v1=SIG}, hexadecimal HMAC-SHA256 over {@code T.body} with the secret as it is
 * written. There may be several v1 during a key rotation (several secrets, separated by spaces); other versions are
 * ignored. Like Stripe's own libraries it refuses messages that are too old, but not those from the future. A delivery
 * is recognised by the event's {@code id} in the body.
 */
final class Stripe implements SignatureScheme {
    private static final String HEADER = "Stripe-Signature";
    private static final String VERSION = "v1";
    private static final String TIMESTAMP = "t";

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public String newSecret() {
        return "whsec_" + Hmac.randomText();
    }

    @Override
    public void checkSecret(String secret) {
        each(secret).forEach(Hmac::checkText);
    }

    @Override
    public Map<String, String> sign(String secret, String id, long timestampSeconds, Message message) {
        StringBuilder header = new StringBuilder(TIMESTAMP + "=" + timestampSeconds);
        for (String one : each(secret)) {
            header.append("," + VERSION + "=").append(signature(one, Long.toString(timestampSeconds), message.body()));
        }
        return Map.of(HEADER, header.toString());
    }

    @Override
    public String deliveryId(Function<String, String> headers, byte[] body) {
        return BodyIds.first(body, "id");
    }

    @Override
    public Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds) {
        String header = headers.apply("stripe-signature");
        if (header == null) {
            return Verdict.HEADER_MISSING;
        }
        String timestamp = null;
        List<String> candidates = new ArrayList<>();
        for (String element : header.split(",")) {
            String[] pair = element.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals(TIMESTAMP)) {
                timestamp = pair[1];
            } else if (pair.length == 2 && pair[0].equals(VERSION)) {
                candidates.add(pair[1]);
            }
        }
        if (timestamp == null || candidates.isEmpty()) {
            return Verdict.HEADER_MISSING;
        }
        Optional<Verdict> refusal = SignedTime.tooOld(timestamp, nowSeconds, toleranceSeconds);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean genuine = false;
        for (String one : each(secret)) {
            String expected = signature(one, timestamp, message.body());
            for (String candidate : candidates) {
                genuine |= Hmac.same(candidate, expected);
            }
        }
        return genuine ? Verdict.GENUINE : Verdict.FORGED;
    }

    private static String signature(String secret, String timestamp, byte[] body) {
        return Hmac.hex(Hmac.SHA256.of(secret, timestamp + ".", body));
    }

    private static List<String> each(String secrets) {
        return Arrays.asList(secrets.split(" ", -1)); // a blank one among them is refused
    }
}
