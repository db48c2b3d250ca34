package dev.pushpull.experiment.claim;

import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.PeriodicArrivals;
import java.io.IOException;
import java.net.URI;

/** A source, and a healthy poller that polls for each event as soon as it occurs; measures how late it gets it. */
final class PolledSource implements AutoCloseable {
    private static final ArrivalStreams ARRIVALS = Rig.oneStream(new PeriodicArrivals(400), 1);

    private final Rig rig = new Rig(ClaimScenario.usual(1), AttemptListener.NONE);
    private String cursor = Rig.FIRST_CURSOR;

    PolledSource() throws IOException {}

    URI address() {
        return rig.provider().address();
    }

    /**
     * Runs events for a time and polls for each when it has occurred; measures from its due time until the poller has
     * it.
     */
    InTurn.Run observe(long durationNanos) throws IOException, InterruptedException {
        DeliveryLedger ledger = new DeliveryLedger(1);
        try (EventPeriod period = rig.begin(ARRIVALS, durationNanos, ledger, () -> poll(ledger))) {
            period.awaitEnd(0);
            poll(ledger); // for events left over by a failed answer
        }
        return new InTurn.Run(ledger.latency(), ledger.events());
    }

    private void poll(DeliveryLedger ledger) {
        Exchange exchange = rig.poll(cursor);
        if (!exchange.successful()) {
            return; // the next poll brings it, later
        }
        try {
            EventPage page = EventJson.decodePage(exchange.body());
            long nowNanos = NanoClock.SYSTEM.nanoTime();
            page.events().forEach(event -> ledger.receive(event.id(), nowNanos));
            cursor = page.nextCursor();
        } catch (EventJson.MalformedEventException e) {
            // as above
        }
    }

    @Override
    public void close() {
        rig.close();
    }
}
