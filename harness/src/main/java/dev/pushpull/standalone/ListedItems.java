package dev.pushpull.standalone;

import dev.pushpull.event.Timestamps;
import dev.pushpull.host.EpochClock;
import dev.pushpull.scenario.EvidenceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of new items, one by one, up to a limited number. */
final class ListedItems {
    private static final int MOST = 50_000;
    private static final List<String> COLUMNS =
            List.of("id", "poll", "received_s", "received_at", "latency_ms", "version", "source_at");

    private final List<List<Object>> rows = new ArrayList<>();
    private long left;

    void add(Arrival item, long poll, EpochClock clock) {
        if (rows.size() == MOST) {
            left++;
            return;
        }
        rows.add(List.of(
                item.id(),
                poll,
                item.sinceStartNanos() / 1e9,
                Timestamps.format(clock.epochNanos(item.sinceStartNanos())),
                item.lateNanos().isEmpty() ? "" : item.lateNanos().getAsLong() / 1e6,
                item.version(),
                item.occurredEpochNanos().isEmpty()
                        ? ""
                        : Timestamps.format(item.occurredEpochNanos().getAsLong())));
    }

    EvidenceTable table() {
        return new EvidenceTable("items", COLUMNS, List.copyOf(rows));
    }

    /** For readers of the figures, when not all could be listed. */
    Optional<String> warning() {
        return left == 0
                ? Optional.empty()
                : Optional.of("items.csv has the first %d items; %d came after them".formatted(MOST, left));
    }
}
