package dev.pushpull.standalone;

import dev.pushpull.event.Timestamps;
import dev.pushpull.host.EpochClock;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.EvidenceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The counts of a poller. One thread polls and writes; another closes the books and reads them. */
final class PollBooks {
    private static final int MOST_LISTED = 50_000;
    private static final int REMEMBERED = 50_000;

    private final SeenItems seen = new SeenItems(REMEMBERED);
    private final List<List<Object>> listed = new ArrayList<>();
    private final LatencyHistogram lateness = new LatencyHistogram();
    private EpochClock clock;
    private boolean closed;
    private long endedNanos;
    private long polls;
    private boolean underWay;
    private long newInThisPoll;
    private long itemsInThisPoll;
    private boolean pageInThisPoll;
    private boolean backlogKnown;
    private long empty;
    private long unchanged;
    private long limited;
    private long failed;
    private long brokenOff;
    private long backlog;
    private long found;
    private long waitedNanos;
    private long items;
    private long named;
    private long notListed;

    /** How a poll ended. */
    enum Ending {
        /** All its pages were read. */
        READ,
        /** The answer said that nothing has changed. */
        UNCHANGED,
        /** A rate limit was exceeded. */
        LIMITED,
        /** An answer did not arrive or could not be read. */
        FAILED,
        /** The poller was told to end. */
        BROKEN_OFF
    }

    /**
     * A new item.
     *
     * @param lateNanos since it occurred, by this host's clock; empty where the item does not say
     */
    record Arrival(String id, long sinceStartNanos, OptionalLong lateNanos) {}

    /**
     * A finished poll.
     *
     * @param firstRead whether it is the first that could be read: its items existed before
     */
    record Ended(long number, long sinceStartNanos, long newItems, boolean firstRead, Ending ending) {}

    synchronized void opened(EpochClock started) {
        clock = started;
    }

    /** From now on nothing changes, whatever the poller still does; an unfinished poll is broken off. */
    synchronized void close() {
        if (!closed) {
            if (underWay) {
                end(Ending.BROKEN_OFF);
            }
            closed = true;
            endedNanos = clock.sinceStartNanos();
        }
    }

    synchronized void begin() {
        if (!closed) {
            polls++;
            underWay = true;
            newInThisPoll = 0;
            itemsInThisPoll = 0;
            pageInThisPoll = false;
        }
    }

    /** Counts a page that could be read; its items count whatever happens to the next page. Returns the new ones. */
    synchronized List<Arrival> took(List<ListPage.Item> page) {
        if (closed) {
            return List.of();
        }
        List<Arrival> arrivals = new ArrayList<>();
        pageInThisPoll = true;
        itemsInThisPoll += page.size();
        seen.remember(2 * itemsInThisPoll); // a list that is always sent whole is remembered whole
        long sinceStartNanos = clock.sinceStartNanos();
        for (ListPage.Item item : page) {
            items++;
            named += item.named() ? 1 : 0;
            if (seen.add(item.key())) {
                newInThisPoll++;
                Arrival arrival = arrival(item, sinceStartNanos);
                arrivals.add(arrival);
                list(arrival);
            }
        }
        return arrivals;
    }

    private Arrival arrival(ListPage.Item item, long sinceStartNanos) {
        OptionalLong occurred = item.occurredEpochNanos();
        OptionalLong late = occurred.isEmpty()
                ? occurred
                : OptionalLong.of(clock.epochNanos(sinceStartNanos) - occurred.getAsLong());
        if (backlogKnown && late.isPresent() && late.getAsLong() >= 0) {
            lateness.record(late.getAsLong());
        }
        return new Arrival(item.id(), sinceStartNanos, late);
    }

    private void list(Arrival item) {
        if (listed.size() < MOST_LISTED) {
            listed.add(List.of(
                    item.id(),
                    polls,
                    item.sinceStartNanos() / 1e9,
                    Timestamps.format(clock.epochNanos(item.sinceStartNanos())),
                    item.lateNanos().isEmpty() ? "" : item.lateNanos().getAsLong() / 1e6));
        } else {
            notListed++;
        }
    }

    /** Empty when the books are closed. */
    synchronized Optional<Ended> end(Ending ending) {
        if (closed) {
            return Optional.empty();
        }
        boolean firstRead = !backlogKnown;
        underWay = false;
        count();
        empty += newInThisPoll == 0 && ending != Ending.BROKEN_OFF ? 1 : 0;
        unchanged += ending == Ending.UNCHANGED ? 1 : 0;
        limited += ending == Ending.LIMITED ? 1 : 0;
        failed += ending == Ending.FAILED ? 1 : 0;
        brokenOff += ending == Ending.BROKEN_OFF ? 1 : 0;
        backlogKnown |= pageInThisPoll;
        return Optional.of(new Ended(polls, clock.sinceStartNanos(), newInThisPoll, firstRead, ending));
    }

    /** What existed before the first readable poll says nothing about how often items come. */
    private void count() {
        if (backlogKnown) {
            found += newInThisPoll;
        } else {
            backlog += newInThisPoll;
        }
    }

    synchronized void waitedAsTold(long nanos) {
        waitedNanos += closed ? 0 : Math.max(0, nanos);
    }

    synchronized long polls() {
        return polls;
    }

    synchronized boolean nothingRead() {
        return !pageInThisPoll && !backlogKnown;
    }

    private double seconds() {
        return (closed ? endedNanos : clock.sinceStartNanos()) / 1e9;
    }

    /** All columns up to what the client counts. */
    synchronized Map<String, Object> counted(long requests) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("duration_s", seconds());
        figures.put("delivered", found);
        figures.put("backlog", backlog);
        figures.put("polls", polls);
        figures.put("requests", requests);
        figures.put("empty_requests", empty);
        figures.put("wasted_ratio", polls == brokenOff ? null : (double) empty / (polls - brokenOff));
        figures.put("requests_per_delivery", found == 0 ? null : (double) requests / found);
        figures.put("not_modified", unchanged);
        figures.put("rate_limited", limited);
        figures.put("failed", failed);
        figures.put("waited_as_told_s", waitedNanos / 1e9);
        return figures;
    }

    /** How late items were that came after the first poll, by column; null when none said when it occurred. */
    synchronized Map<String, Object> latenesses() {
        Distribution all = lateness.distribution();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("latency_mean_ms", orNull(all.meanMillis()));
        figures.put("latency_p50_ms", orNull(all.quantileMillis(0.5)));
        figures.put("latency_p99_ms", orNull(all.quantileMillis(0.99)));
        figures.put("latency_max_ms", orNull(all.maxMillis()));
        return figures;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    synchronized long brokenOff() {
        return brokenOff;
    }

    /** New items a second; 0 when there were none. */
    synchronized double ratePerSecond() {
        return found == 0 ? 0 : found / seconds();
    }

    synchronized EvidenceTable table() {
        return new EvidenceTable(
                "items", List.of("id", "poll", "received_s", "received_at", "latency_ms"), List.copyOf(listed));
    }

    /** Warnings about the items for readers of the figures. */
    synchronized List<String> warnings(String idPointer) {
        List<String> warnings = new ArrayList<>();
        if (items > 0 && named == 0) {
            warnings.add("--id '%s' matched no id in any of %d items; they were compared by their whole content"
                    .formatted(idPointer, items));
        }
        if (seen.forgot()) {
            warnings.add("more than %d different items came; those not seen for the longest time were forgotten"
                            .formatted(seen.most())
                    + " and count as new if they come again");
        }
        if (notListed > 0) {
            warnings.add("items.csv has the first %d items; %d came after them".formatted(MOST_LISTED, notListed));
        }
        return warnings;
    }
}
