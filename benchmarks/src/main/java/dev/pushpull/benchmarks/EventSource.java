package dev.pushpull.benchmarks;

import dev.pushpull.event.EventDraft;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ProviderSettings;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The real provider on loopback; its events occur when a benchmark says so. */
final class EventSource implements AutoCloseable {
    private static final long LONGEST_WAIT_SECONDS = 10;

    /**
     * The server libraries log a greeting at INFO, in the middle of JMH's lines. Kept in a field so that the setting is
     * not garbage collected.
     */
    private static final List<Logger> QUIET = List.of("io.undertow", "org.xnio", "org.jboss", "okhttp3").stream()
            .map(Logger::getLogger)
            .toList();

    private final String data =
            "{\"filler\":\"" + "x".repeat(Scenarios.PAYLOAD_BYTES - "{\"filler\":\"\"}".length()) + "\"}";
    private final long epochOffsetNanos = HostClocks.now(NanoClock.SYSTEM).offsetNanos();
    private final Semaphore acknowledged = new Semaphore(0);
    private final AtomicReference<String> refused = new AtomicReference<>();
    private final Scenario scenario;
    private final ProviderServer provider;
    private long number;

    EventSource(Scenario scenario) {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        this.scenario = scenario;
        this.provider =
                new ProviderServer(ProviderSettings.onLoopback(scenario), "benchmark", NanoClock.SYSTEM, attempts());
    }

    private AttemptListener attempts() {
        return (url, dueNanos, sentNanos, doneNanos, exchange) -> ended(exchange);
    }

    private void ended(Exchange exchange) {
        if (!exchange.successful()) {
            refused.set("status " + exchange.status() + " " + exchange.error());
        }
        acknowledged.release();
    }

    URI address() {
        return provider.address();
    }

    /** An event of a stream occurs. Called by one thread. */
    void occur(int stream) {
        long nanos = System.nanoTime();
        EventDraft draft = new EventDraft(
                "evt_" + number++,
                scenario.events().streamName(stream),
                scenario.events().type(),
                nanos + epochOffsetNanos,
                data);
        provider.append(draft, nanos);
    }

    /** Waits until this many more webhooks were acknowledged. */
    void awaitAcknowledged(int count) throws InterruptedException {
        if (!acknowledged.tryAcquire(count, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("webhooks were not acknowledged within " + LONGEST_WAIT_SECONDS + " s");
        }
        if (refused.get() != null) {
            throw new IllegalStateException("a webhook was refused: " + refused.get());
        }
    }

    @Override
    public void close() {
        provider.close();
    }
}
