package dev.pushpull.delivery.stream;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the consumers of a run read from their connections, and answered. */
final class ReadCounts {
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong heartbeats = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong heartbeatsAnswered = new AtomicLong();

    void event() {
        events.incrementAndGet();
    }

    void heartbeat() {
        heartbeats.incrementAndGet();
    }

    /** An answer to an event, or else to a heartbeat. */
    void answered(boolean event) {
        (event ? acknowledged : heartbeatsAnswered).incrementAndGet();
    }

    /** @param answers whether consumers answer */
    List<Counter> counters(boolean answers, Scenario scenario) {
        List<Counter> counters = new ArrayList<>();
        counters.add(StreamCounters.written(StreamCounters.EVENTS, Side.RECEIVED, "read", events.get(), scenario));
        counters.add(
                StreamCounters.written(StreamCounters.HEARTBEATS, Side.RECEIVED, "read", heartbeats.get(), scenario));
        if (answers) {
            counters.add(
                    StreamCounters.of(StreamCounters.ACKNOWLEDGEMENTS, Side.SENT, "sent", acknowledged.get(), false));
            counters.add(StreamCounters.of(
                    StreamCounters.ANSWERED_HEARTBEATS, Side.SENT, "sent", heartbeatsAnswered.get(), false));
        }
        return counters;
    }
}
