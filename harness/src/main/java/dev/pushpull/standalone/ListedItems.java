package dev.pushpull.standalone;

import dev.pushpull.event.Timestamps;
import dev.pushpull.host.EpochClock;
import dev.pushpull.scenario.EvidenceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of new items, and of polls, one by one, up to a limited number. */
final class ListedItems {
    private static final int MOST = 50_000;
    private static final List<String> COLUMNS =
            List.of("id", "poll", "received_s", "received_at", "latency_ms", "version", "source_at");

    private static final List<String> POLL_COLUMNS = List.of("poll", "started_at", "ended_at", "read", "whole");

    private final List<List<Object>> rows = new ArrayList<>();
    private final List<List<Object>> polls = new ArrayList<>();
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

    /**
     * A poll is over.
     *
     * @param read whether it was read to its end
     * @param whole whether it showed the whole list
     */
    void polled(long number, long startedNanos, long endedNanos, boolean read, boolean whole, EpochClock clock) {
        if (polls.size() < MOST) {
            polls.add(List.of(
                    number,
                    Timestamps.format(clock.epochNanos(clock.sinceStartNanos(startedNanos))),
                    Timestamps.format(clock.epochNanos(clock.sinceStartNanos(endedNanos))),
                    read,
                    whole));
        }
    }

    /** The first polls. */
    EvidenceTable polls() {
        return new EvidenceTable("polls", POLL_COLUMNS, List.copyOf(polls));
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
