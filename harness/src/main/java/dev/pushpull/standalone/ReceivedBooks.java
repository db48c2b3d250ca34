package dev.pushpull.standalone;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.Timestamps;
import dev.pushpull.host.EpochClock;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.store.Inbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What came: each webhook, and each item in it, which a listener is told of. One thread takes them; any may read. Of
 * however many only the first are listed.
 */
final class ReceivedBooks {
    /** Also how many items are remembered, to recognise those that come again in another webhook. */
    static final int REMEMBERED = 100_000;

    private static final int MOST_LISTED = 50_000;
    private static final int MOST_SHOWN = 3;

    private final EpochClock epoch;
    private final Optional<ProviderClient.Clocks> clocks;
    private final boolean showsItems;
    private final PushedItems items;
    private final ItemListener listener;
    private final SeenItems seen = new SeenItems(REMEMBERED);
    private final LatencyHistogram latency = new LatencyHistogram();
    private final List<List<Object>> deliveries = new ArrayList<>();
    private final List<List<Object>> sightings = new ArrayList<>();
    private long negative;
    private long processed;
    private long firstItems;
    private long repeatedItems;

    /**
     * @param clocks the provider's and ours, when it can tell its own
     * @param showsItems whether the lines for people name the items
     */
    ReceivedBooks(
            EpochClock epoch,
            Optional<ProviderClient.Clocks> clocks,
            boolean showsItems,
            PushedItems items,
            ItemListener listener) {
        this.epoch = epoch;
        this.clocks = clocks;
        this.showsItems = showsItems;
        this.items = items;
        this.listener = listener;
    }

    /** Enters a webhook, and tells of its items; returns a line for people, which only accepted webhooks have. */
    synchronized Optional<Supplier<String>> take(Inbox.Message message) {
        List<PushedItems.Item> found = items.of(message.deliveryId(), message.body());
        found.forEach(item -> saw(item, message));
        return message.repeated() ? Optional.empty() : Optional.of(entered(message, found));
    }

    private void saw(PushedItems.Item item, Inbox.Message message) {
        boolean repeated = seen.seen(item.key(), 1) != SeenItems.NEVER || message.repeated();
        if (repeated) {
            repeatedItems++;
        } else {
            firstItems++;
        }
        listener.saw(
                new Sighting(item.id(), item.version(), message.receivedNanos(), 0, item.sourceEpochNanos(), repeated));
        if (sightings.size() < MOST_LISTED) {
            long sinceStartNanos = epoch.sinceStartNanos(message.receivedNanos());
            sightings.add(List.of(
                    item.id(),
                    item.version(),
                    sinceStartNanos / 1e9,
                    Timestamps.format(epoch.epochNanos(sinceStartNanos)),
                    item.sourceEpochNanos().isPresent()
                            ? Timestamps.format(item.sourceEpochNanos().getAsLong())
                            : "",
                    repeated,
                    message.deliveryId(),
                    (long) message.consumer()));
        }
    }

    private Supplier<String> entered(Inbox.Message message, List<PushedItems.Item> found) {
        Optional<Event> event = decoded(message.body());
        Optional<Long> lateNanos = event.flatMap(ours -> clocks.map(read -> {
            // exact on one clock; otherwise within half the round trip that read the other clock
            long offset = read.theirs().sameClockAs(read.ours())
                    ? read.theirs().offsetNanos()
                    : read.ours().offsetNanos()
                            + read.theirs().epochNanos()
                            - (read.ours().epochNanos() - read.roundTripNanos() / 2);
            return message.receivedNanos() - (ours.occurredAtEpochNanos() - offset);
        }));
        String type = event.map(Event::type).orElse("");
        long sinceStartNanos = epoch.sinceStartNanos(message.receivedNanos());
        processed++;
        if (lateNanos.isPresent() && lateNanos.get() >= 0) {
            latency.record(lateNanos.get());
        } else if (lateNanos.isPresent()) {
            negative++;
        }
        if (deliveries.size() < MOST_LISTED) {
            deliveries.add(List.of(
                    message.deliveryId(),
                    (long) message.consumer(),
                    type,
                    sinceStartNanos / 1e9,
                    lateNanos.<Object>map(nanos -> nanos / 1e6).orElse(""),
                    (long) message.body().length,
                    Timestamps.format(epoch.epochNanos(sinceStartNanos))));
        }
        return () -> "%10.3f s  %s  %s  %d B%s%s"
                .formatted(
                        sinceStartNanos / 1e9,
                        message.deliveryId(),
                        type,
                        message.body().length,
                        lateNanos
                                .map(nanos -> "  %.3f ms".formatted(nanos / 1e6))
                                .orElse(""),
                        shown(found));
    }

    private static Optional<Event> decoded(byte[] body) {
        try {
            return Optional.of(EventJson.decode(body));
        } catch (EventJson.MalformedEventException e) {
            return Optional.empty(); // a vendor's own form
        }
    }

    private String shown(List<PushedItems.Item> found) {
        if (!showsItems) {
            return "";
        }
        return "  %d item%s%s%s"
                .formatted(
                        found.size(),
                        found.size() == 1 ? "" : "s",
                        found.isEmpty() ? "" : ": ",
                        found.stream()
                                        .limit(MOST_SHOWN)
                                        .map(item -> (item.id() + " " + item.version()).strip())
                                        .collect(Collectors.joining(", "))
                                + (found.size() > MOST_SHOWN ? ", ..." : ""));
    }

    /** Webhooks processed, duplicates apart. */
    synchronized long processed() {
        return processed;
    }

    /** How late they were, by column. */
    synchronized Map<String, Object> latencies() {
        Distribution all = latency.distribution();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("latency_mean_ms", orNull(all.meanMillis()));
        figures.put("latency_p50_ms", orNull(all.quantileMillis(0.5)));
        figures.put("latency_p90_ms", orNull(all.quantileMillis(0.9)));
        figures.put("latency_p99_ms", orNull(all.quantileMillis(0.99)));
        figures.put("latency_max_ms", orNull(all.maxMillis()));
        clocks.filter(read -> !read.theirs().sameClockAs(read.ours()))
                .ifPresent(read -> figures.put("latency_within_ms", read.roundTripNanos() / 2e6));
        figures.put("negative_latencies", negative);
        return figures;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** What was listed and what the webhooks held, by column. */
    synchronized Map<String, Object> counts() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("not_listed", processed - deliveries.size());
        figures.put("items", firstItems);
        figures.put("items_repeated", repeatedItems);
        figures.put("items_left_out", items.leftOut());
        return figures;
    }

    /** The first webhooks. */
    synchronized EvidenceTable deliveries() {
        return new EvidenceTable(
                "deliveries",
                List.of("delivery_id", "endpoint", "type", "received_s", "latency_ms", "bytes", "received_at"),
                List.copyOf(deliveries));
    }

    /** The first items, and those that came again. */
    synchronized EvidenceTable items() {
        return new EvidenceTable(
                "items",
                List.of(
                        "id",
                        "version",
                        "received_s",
                        "received_at",
                        "source_at",
                        "repeated",
                        "delivery_id",
                        "endpoint"),
                List.copyOf(sightings));
    }

    List<String> warnings() {
        return items.warnings();
    }
}
