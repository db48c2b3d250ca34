package dev.pushpull.delivery.webhook;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.StandardWebhooks;
import dev.pushpull.store.Inbox;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver with three consumers and a stopped clock, and a sender who knows their secrets. */
final class Endpoint implements AutoCloseable {
    static final long NOW_SECONDS = 1_800_000_000L;
    static final int MAX_BODY_BYTES = 64 << 10;

    private static final String[] SECRETS = {
        new StandardWebhooks().newSecret(), new StandardWebhooks().newSecret(), new StandardWebhooks().newSecret()
    };

    final AtomicInteger duplicates = new AtomicInteger();
    final Inbox inbox;
    final WebhookReceiver receiver;

    Endpoint(int processingQueue) {
        this(processingQueue, MAX_BODY_BYTES);
    }

    Endpoint(int processingQueue, int maxBodyBytes) {
        this(inMemory(processingQueue), maxBodyBytes);
    }

    /** @param inbox closed with this endpoint */
    Endpoint(Inbox inbox, int maxBodyBytes) {
        this.inbox = inbox;
        receiver = new WebhookReceiver(
                new WebhookReceiver.Settings(
                        new StandardWebhooks(),
                        consumer -> consumer < SECRETS.length ? SECRETS[consumer] : null,
                        maxBodyBytes),
                inbox,
                new RoleThreads("test", RoleThreads.CONSUMER),
                NanoClock.SYSTEM,
                Clock.fixed(Instant.ofEpochSecond(NOW_SECONDS), ZoneOffset.UTC),
                duplicates::incrementAndGet);
    }

    private static Inbox inMemory(int processingQueue) {
        try {
            return Inbox.open(StoreAddress.MEMORY, new Inbox.Settings("test", processingQueue), Thread::new);
        } catch (IOException e) {
            throw new AssertionError("memory cannot fail", e);
        }
    }

    /** Processes the message that was accepted first; there must be one. */
    Inbox.Message process() {
        if (inbox.unprocessed() == 0) {
            throw new AssertionError("nothing was accepted");
        }
        try {
            Inbox.Message message = inbox.take();
            inbox.processed(message).join();
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Processes everything that was accepted, and returns its bodies in the order of acceptance. */
    List<String> processAll() {
        List<String> bodies = new ArrayList<>();
        while (inbox.unprocessed() > 0) {
            bodies.add(new String(process().body(), StandardCharsets.UTF_8));
        }
        return bodies;
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

    /** The number of refusals, whatever the reason. */
    long refused() {
        return receiver.refused().values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        receiver.close();
        inbox.close();
    }
}
