package dev.pushpull.signing;

import java.util.Map;
import java.util.function.Function;

/**
 * No signature: the receiver accepts messages from anyone who reaches it. A delivery is recognised by {@code
 * webhook-id} or {@code svix-id}, if present.
 */
final class Unsigned implements SignatureScheme {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public String newSecret() {
        return "";
    }

    @Override
    public void checkSecret(String secret) {
        if (!secret.isEmpty()) {
            throw new IllegalArgumentException("without a signature there is no secret");
        }
    }

    @Override
    public boolean provesSender() {
        return false;
    }

    @Override
    public Map<String, String> sign(String secret, String id, long timestampSeconds, Message message) {
        return Map.of(StandardWebhooks.ID_HEADER, id);
    }

    @Override
    public String deliveryId(Function<String, String> headers, byte[] body) {
        String id = BodyIds.unlessBlank(headers.apply(StandardWebhooks.ID_HEADER));
        return id == null ? BodyIds.unlessBlank(headers.apply(StandardWebhooks.SVIX_ID_HEADER)) : id;
    }

    @Override
    public Verdict verify(
            String secret, Function<String, String> headers, Message message, long nowSeconds, long toleranceSeconds) {
        return Verdict.GENUINE;
    }
}
