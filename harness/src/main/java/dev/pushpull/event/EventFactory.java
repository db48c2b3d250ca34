package dev.pushpull.event;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.TraceArrivals;
import java.util.HexFormat;

/** Makes the events of a run: ids from the seed, data of the given size. */
public final class EventFactory {
    private final Scenario.Events events;
    private final Seeds seeds;

    public EventFactory(Scenario scenario) {
        this.events = scenario.events();
        this.seeds = new Seeds(scenario.run().seed());
    }

    /** The {@code number}-th event of the run, 0 for the first. */
    public EventDraft draft(int number, int stream, long occurredAtEpochNanos) {
        String id = "evt_" + HexFormat.of().toHexDigits(seeds.derive(Seeds.Purpose.EVENT_ID, number));
        return new EventDraft(id, events.streamName(stream), events.type(), occurredAtEpochNanos, data(number));
    }

    /**
     * An object padded to {@code payloadBytes} bytes. A trace event contains its original time, which may make it
     * longer.
     */
    private String data(int number) {
        String start = events.arrivals() instanceof TraceArrivals trace
                ? "{\"original_time\":\"" + Timestamps.format(trace.originalEpochNanos()[number]) + "\",\"filler\":\""
                : "{\"filler\":\"";
        String end = "\"}";
        return start + "x".repeat(Math.max(0, events.payloadBytes() - start.length() - end.length())) + end;
    }
}
