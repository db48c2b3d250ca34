package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.signing.SignatureSchemes;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Consumers that subscribed: one receiver with an endpoint for each, and a thread that processes what was accepted. */
public final class WebhookConsumers implements LiveConsumers {
    /** Room for the envelope around an event's data. */
    private static final int ENVELOPE_BYTES = 16 << 10;

    private static final int LEAST_BODY_LIMIT_BYTES = 256 << 10;

    private final Recorder recorder;
    private final NanoClock clock;
    private final ProviderClient client;
    private final long epochOffsetNanos;
    private final AtomicReferenceArray<String> secrets;
    private final WebhookReceiver receiver;
    private final Thread processor;
    private final Map<String, Integer> endpoints = new HashMap<>();

    /**
     * Ready to take webhooks.
     *
     * @param mode whose consumers these are; their threads are named so
     * @throws IOException when the provider cannot be reached or refuses a subscription
     */
    public static WebhookConsumers subscribe(
            String mode, URI provider, Scenario scenario, Recorder recorder, NanoClock clock) throws IOException {
        WebhookConsumers consumers = new WebhookConsumers(mode, provider, scenario, recorder, clock);
        try {
            consumers.subscribeAll(scenario);
            return consumers;
        } catch (IOException | RuntimeException e) {
            consumers.close();
            throw e;
        }
    }

    private WebhookConsumers(String mode, URI provider, Scenario scenario, Recorder recorder, NanoClock clock)
            throws IOException {
        this.recorder = recorder;
        this.clock = clock;
        RoleThreads threads = new RoleThreads(mode, RoleThreads.CONSUMER);
        this.client = new ProviderClient(provider, clock, recorder, 1, 0);
        this.epochOffsetNanos = client.epochOffsetNanos();
        this.secrets = new AtomicReferenceArray<>(scenario.events().consumers());
        this.receiver = new WebhookReceiver(
                new WebhookReceiver.Settings(
                        SignatureSchemes.named(scenario.webhooks().scheme()).orElseThrow(),
                        consumer -> consumer < secrets.length() ? secrets.get(consumer) : null,
                        Math.max(LEAST_BODY_LIMIT_BYTES, scenario.events().payloadBytes() + ENVELOPE_BYTES),
                        scenario.webhooks().processingQueue()),
                threads,
                clock,
                Clock.systemUTC(),
                () -> recorder.repeated(Recorder.Via.PUSH));
        this.processor = threads.newThread(this::process);
        processor.start();
    }

    private void subscribeAll(Scenario scenario) throws IOException {
        for (int consumer = 0; consumer < secrets.length(); consumer++) {
            String url = receiver.endpoint(consumer).toString();
            String stream = scenario.events().streamName(scenario.events().streamOf(consumer));
            secrets.set(consumer, client.subscribe(url, scenario.webhooks().scheme(), stream));
            endpoints.put(url, consumer);
        }
    }

    private void process() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                process(receiver.queue().take());
            }
        } catch (InterruptedException e) {
            // closed: whatever is still queued stays unprocessed
        }
    }

    private void process(WebhookReceiver.Accepted accepted) {
        try {
            Event event = EventJson.decode(accepted.body());
            long intendedNanos = event.occurredAtEpochNanos() - epochOffsetNanos;
            boolean isNew = recorder.delivered(
                    accepted.consumer(), event.sequence(), intendedNanos, accepted.verifiedNanos(), Recorder.Via.PUSH);
            if (isNew) {
                recorder.processed(intendedNanos, clock.nanoTime());
            }
        } catch (EventJson.MalformedEventException e) {
            recorder.malformed();
        }
    }

    @Override
    public void start(long startNanos) {
        // webhooks come by themselves
    }

    @Override
    public void askNoMore() {
        // it never asks
    }

    @Override
    public void stop(long mostNanos) throws InterruptedException {
        long deadline = clock.nanoTime() + mostNanos;
        while (!receiver.queue().isEmpty() && clock.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        processor.interrupt();
        processor.join();
    }

    @Override
    public ConsumerBooks books() {
        Map<String, Long> setup = Map.of(
                "listening sockets at the consumer",
                1L,
                "inbound connections at the consumer",
                receiver.totals().connections(),
                "secrets",
                (long) endpoints.size(),
                "set-up requests",
                (long) endpoints.size());
        return new ConsumerBooks(
                client.totals(), receiver.totals(), 0, receiver.acknowledged(), receiver.refused(), endpoints, setup);
    }

    @Override
    public void close() {
        processor.interrupt();
        receiver.close();
        client.close();
    }
}
