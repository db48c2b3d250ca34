package dev.pushpull.delivery.webhook;

import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.StandardWebhooks;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver with three consumers whose clock stands still, and a sender who knows their secrets. */
final class Endpoint implements AutoCloseable {
    static final long NOW_SECONDS = 1_800_000_000L;
    static final int MAX_BODY_BYTES = 64 << 10;

    private static final String[] SECRETS = {
        new StandardWebhooks().newSecret(), new StandardWebhooks().newSecret(), new StandardWebhooks().newSecret()
    };

    final AtomicInteger duplicates = new AtomicInteger();
    final WebhookReceiver receiver;

    Endpoint(int processingQueue) {
        this(processingQueue, MAX_BODY_BYTES);
    }

    Endpoint(int processingQueue, int maxBodyBytes) {
        receiver = new WebhookReceiver(
                new WebhookReceiver.Settings(
                        new StandardWebhooks(),
                        consumer -> consumer < SECRETS.length ? SECRETS[consumer] : null,
                        maxBodyBytes,
                        processingQueue),
                new RoleThreads("test", RoleThreads.CONSUMER),
                NanoClock.SYSTEM,
                Clock.fixed(Instant.ofEpochSecond(NOW_SECONDS), ZoneOffset.UTC),
                duplicates::incrementAndGet);
    }

    RawClient connect() throws IOException {
        return new RawClient(receiver.endpoint(0));
    }

    static String path(int consumer) {
        return "/webhooks/" + consumer;
    }

    /** The header lines of a genuine webhook. */
    static String[] signed(int consumer, String id, long timestampSeconds, String body) {
        Map<String, String> headers = new StandardWebhooks()
                .sign(SECRETS[consumer], id, timestampSeconds, Message.of(body.getBytes(StandardCharsets.UTF_8)));
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toArray(String[]::new);
    }

    /** The header lines of a genuine webhook, sent now. */
    static String[] signed(int consumer, String id, String body) {
        return signed(consumer, id, NOW_SECONDS, body);
    }

    /** Sends a genuine webhook. */
    static Answer send(RawClient client, int consumer, String id, String body) throws IOException {
        return client.post(path(consumer), body, signed(consumer, id, body));
    }

    /** All that was refused, whatever the reason. */
    long refused() {
        return receiver.refused().values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
