package dev.pushpull.experiment.capacity;

import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.StandardWebhooks;
import java.util.Map;
import java.util.function.Function;

/** A receiver's scheme that takes every message for genuine, so that the remaining work contains no signature check. */
final class Unverified implements SignatureScheme {
    private final SignatureScheme scheme = new StandardWebhooks();

    @Override
    public String name() {
        return "unverified";
    }

    @Override
    public String newSecret() {
        return scheme.newSecret();
    }

    @Override
    public void checkSecret(String secret) {
        scheme.checkSecret(secret);
    }

    @Override
    public Map<String, String> sign(String secret, String id, long timestampSeconds, Message message) {
        return scheme.sign(secret, id, timestampSeconds, message);
    }

    @Override
    public String deliveryId(Function<String, String> headers, byte[] body) {
        return scheme.deliveryId(headers, body);
    }

    @Override
    public Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds) {
        return Verdict.GENUINE;
    }
}
