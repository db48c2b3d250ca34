package dev.pushpull.standalone;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.EvidenceTable;
import java.util.ArrayList;
import java.util.List;

/** The first attempts of a provider, one by one; limited, for a source that serves for months. Thread-safe. */
final class AttemptsList implements AttemptListener {
    private static final int MOST_LISTED = 50_000;

    private final long startedNanos;
    private final List<List<Object>> rows = new ArrayList<>();
    private long notListed;

    /** @param startedNanos the origin of all times */
    AttemptsList(long startedNanos) {
        this.startedNanos = startedNanos;
    }

    @Override
    public void attempted(String url, long dueNanos, long sentNanos, long doneNanos, Exchange exchange) {
        // the overload below is called
    }

    @Override
    public synchronized void attempted(
            String url,
            StoredEvent event,
            int attempt,
            long dueNanos,
            long sentNanos,
            long doneNanos,
            Exchange exchange) {
        if (rows.size() >= MOST_LISTED) {
            notListed++;
            return;
        }
        rows.add(List.of(
                event.event().id(),
                url,
                (long) attempt,
                (sentNanos - startedNanos) / 1e9,
                (doneNanos - sentNanos) / 1e6,
                exchange.status() == 0 ? "" : (Object) (long) exchange.status(),
                exchange.error()));
    }

    /** Attempts after those that are listed. */
    synchronized long notListed() {
        return notListed;
    }

    synchronized EvidenceTable table() {
        return new EvidenceTable(
                "attempts",
                List.of("event_id", "url", "attempt", "sent_s", "took_ms", "status", "error"),
                List.copyOf(rows));
    }
}
