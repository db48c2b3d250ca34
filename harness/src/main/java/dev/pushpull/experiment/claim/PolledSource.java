package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventJson;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.surface.ProviderSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import okhttp3.Request;

/** A source, and a healthy poller that asks for each event as soon as it occurs: how late it has it. */
final class PolledSource implements AutoCloseable {
    private static final long EVERY_NANOS = 2_500_000;
    private static final int KEPT = 10_000;
    private static final String DATA = "{\"filler\":\"" + "x".repeat(1000) + "\"}";

    private final NanoClock clock = NanoClock.SYSTEM;
    private final ProviderServer source;
    private final ProviderClient client;
    private String cursor = "0";
    private int played;

    PolledSource() {
        Scenario.Webhooks none =
                new Scenario.Webhooks("standard-webhooks", RetrySchedule.NONE, 1, 1, 1_000_000, 1_000_000, 1);
        source = new ProviderServer(
                new ProviderSettings("127.0.0.1", 0, KEPT, none, 1, Set.of()), "polled", clock, AttemptListener.NONE);
        client = new ProviderClient(source.address(), clock, new Recorder(1), 1, 0);
    }

    URI address() {
        return source.address();
    }

    /** Events for a time, each asked for when it is due: from then until the poller has it. */
    InTurn.Run played(long durationNanos) {
        played++;
        LatencyHistogram latency = new LatencyHistogram();
        Map<String, Long> due = new HashMap<>();
        PreciseWaiter waiter = new PreciseWaiter(clock);
        long startNanos = clock.nanoTime();
        long events = durationNanos / EVERY_NANOS;
        for (long number = 0; number < events; number++) {
            long dueNanos = startNanos + number * EVERY_NANOS;
            String id = "evt_" + played + "_" + number;
            due.put(id, dueNanos);
            waiter.awaitUntil(dueNanos);
            source.append(new EventDraft(id, "c0", "payment.succeeded", 0, DATA), dueNanos);
            poll(due, latency);
        }
        poll(due, latency); // for what an answer that failed left behind
        return new InTurn.Run(latency.distribution(), events);
    }

    private void poll(Map<String, Long> due, LatencyHistogram latency) {
        Exchange exchange = client.execute(new Request.Builder()
                .url(client.at("events")
                        .addQueryParameter("stream", "c0")
                        .addQueryParameter("after", cursor)
                        .build())
                .build());
        if (!exchange.successful()) {
            return; // the next poll brings it, and later
        }
        try {
            var page = EventJson.decodePage(exchange.body());
            long now = clock.nanoTime();
            for (Event event : page.events()) {
                Long dueNanos = due.remove(event.id());
                if (dueNanos != null) {
                    latency.record(now - dueNanos);
                }
            }
            cursor = page.nextCursor();
        } catch (EventJson.MalformedEventException e) {
            // as above
        }
    }

    @Override
    public void close() {
        client.close();
        source.close();
    }
}
