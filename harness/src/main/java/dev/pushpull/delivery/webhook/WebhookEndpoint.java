package dev.pushpull.delivery.webhook;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.Transport;
import dev.pushpull.http.WireTotals;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.store.Inbox;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A receiver that runs alone, for any sender. It takes webhooks at {@code /webhooks/NUMBER} and at a well-known
 * tutorial's route, or at a given path; it verifies them, keeps them in an inbox, acknowledges and then processes them
 * one after another.
 */
public final class WebhookEndpoint implements AutoCloseable {
    private final Inbox inbox;
    private final Consumer<Inbox.Message> processing;
    private final AtomicLong processed = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final WebhookReceiver receiver;
    private final Thread processor;

    /**
     * The settings of a receiver.
     *
     * @param host to listen on
     * @param port 0 for any free one
     * @param secret of every consumer
     * @param maxBodyBytes larger bodies are refused
     * @param exposure how senders reach it
     */
    public record Settings(
            String host, int port, SignatureScheme scheme, String secret, int maxBodyBytes, Exposure exposure) {
        /** For senders that reach it directly. */
        public Settings(String host, int port, SignatureScheme scheme, String secret, int maxBodyBytes) {
            this(host, port, scheme, secret, maxBodyBytes, Exposure.DIRECT);
        }
    }

    /**
     * Starts listening.
     *
     * @param inbox closed with this endpoint
     * @param processing called by one thread, once for each message, and for each that came again if the inbox hands
     *     those out
     * @throws java.io.UncheckedIOException when it cannot listen at that address
     */
    public WebhookEndpoint(Settings settings, Inbox inbox, RoleThreads threads, Consumer<Inbox.Message> processing) {
        this.inbox = inbox;
        this.processing = processing;
        this.receiver = new WebhookReceiver(
                new WebhookReceiver.Settings(
                        settings.host(),
                        settings.port(),
                        settings.scheme(),
                        consumer -> settings.secret(),
                        settings.maxBodyBytes(),
                        Transport.PLAIN,
                        settings.exposure()),
                inbox,
                threads,
                NanoClock.SYSTEM,
                Clock.systemUTC(),
                duplicates::incrementAndGet);
        this.processor = threads.newThread(this::process);
        processor.start();
    }

    private void process() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Inbox.Message message = inbox.take();
                processing.accept(message);
                inbox.processed(message).thenRun(() -> processed.addAndGet(message.repeated() ? 0 : 1));
            }
        } catch (InterruptedException e) {
            // closed: a durable inbox hands out the rest when it is reopened
        }
    }

    /** The callback URL of a consumer. */
    public URI address(int consumer) {
        return receiver.endpoint(consumer);
    }

    /** Requests answered with 200, repetitions included. */
    public long acknowledged() {
        return receiver.acknowledged();
    }

    /** Repetitions that were recognised. */
    public long duplicates() {
        return duplicates.get();
    }

    /** Challenges answered, which are not events. */
    public long challenges() {
        return receiver.challenges();
    }

    /** Messages processed. */
    public long processed() {
        return processed.get();
    }

    /** Messages accepted but not yet processed. */
    public int unprocessed() {
        return inbox.unprocessed();
    }

    /** Requests refused, by reason. */
    public Map<String, Long> refused() {
        return receiver.refused();
    }

    /** What went through its sockets so far. */
    public WireTotals totals() {
        return receiver.totals();
    }

    @Override
    public void close() {
        receiver.close();
        processor.interrupt();
        inbox.close();
    }
}
