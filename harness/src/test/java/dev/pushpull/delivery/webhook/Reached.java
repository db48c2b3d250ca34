package dev.pushpull.delivery.webhook;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.Transport;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Inbox;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver for any scheme, reached in any way, and a sender who knows the secret. */
final class Reached implements AutoCloseable {
    final SignatureScheme scheme;
    final String secret;
    final AtomicInteger duplicates = new AtomicInteger();
    final WebhookReceiver receiver;
    final RawClient client;
    private final Inbox inbox;

    Reached(String scheme) throws IOException {
        this(SignatureSchemes.named(scheme).orElseThrow(), Exposure.DIRECT);
    }

    Reached(SignatureScheme scheme, Exposure exposure) throws IOException {
        this.scheme = scheme;
        this.secret = scheme.newSecret();
        this.inbox = Inbox.open(StoreAddress.MEMORY, new Inbox.Settings("test", 100), Thread::new);
        this.receiver = new WebhookReceiver(
                new WebhookReceiver.Settings(
                        "127.0.0.1", 0, scheme, consumer -> secret, 64 << 10, Transport.PLAIN, exposure),
                inbox,
                new RoleThreads("test", RoleThreads.CONSUMER),
                NanoClock.SYSTEM,
                Clock.systemUTC(),
                duplicates::incrementAndGet);
        this.client = new RawClient(receiver.endpoint(0));
    }

    /** The header lines with which the scheme signs a body now, without those with these lower-case names. */
    List<String> signed(String id, String body, String... without) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        scheme.sign(
                        secret,
                        id,
                        System.currentTimeMillis() / 1000,
                        Message.of(bytes, scheme.target("http://localhost/webhooks/0", bytes)))
                .forEach((name, value) -> {
                    if (!Arrays.asList(without).contains(name.toLowerCase(java.util.Locale.ROOT))) {
                        lines.add(name + ": " + value);
                    }
                });
        return lines;
    }

    /** Sends it to the URL that the scheme requires. */
    Answer post(String body, List<String> headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return client.post(scheme.target("/webhooks/0", bytes), body, headers.toArray(String[]::new));
    }

    /** How many different ones were accepted. */
    int accepted() {
        return inbox.unprocessed();
    }

    String processedId() throws InterruptedException {
        Inbox.Message message = inbox.take();
        inbox.processed(message).join();
        return message.deliveryId();
    }

    @Override
    public void close() throws IOException {
        client.close();
        receiver.close();
        inbox.close();
    }
}
