package dev.pushpull.standalone;

import dev.pushpull.host.EpochClock;
import dev.pushpull.host.NanoClock;
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
import java.util.concurrent.TimeUnit;

/** The counts of a poller. One thread polls and writes; another closes the books and reads them. */
final class PollBooks {
    private static final int REMEMBERED = 50_000;

    /** What a stream sends at its beginning without such a pause was there already. */
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A stream that never pauses begins to be new after this. */
    private static final long LONGEST_BEGINNING_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ItemListener listener;
    private final SeenItems seen = new SeenItems(REMEMBERED);
    private final ListedItems listed = new ListedItems();
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
    private long startedNanos;
    private long readNanos;
    private boolean streams;
    private long streamOpenedNanos;

    /** The last poll that showed the whole list, item by item. */
    private long wholePoll;

    private boolean unchangedPageInThisPoll;

    /**
     * A finished poll.
     *
     * @param firstRead whether it is the first that could be read: its items existed before
     */
    record Ended(long number, long sinceStartNanos, long newItems, boolean firstRead, PollEnding ending) {}

    /** @param listener is told under the lock of these books, and nothing once they are closed */
    PollBooks(ItemListener listener) {
        this.listener = listener;
    }

    synchronized void opened(EpochClock started) {
        clock = started;
    }

    /** From now on nothing changes, whatever the poller still does; an unfinished poll is broken off. */
    synchronized void close() {
        if (!closed) {
            if (underWay) {
                end(PollEnding.BROKEN_OFF, false);
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
            unchangedPageInThisPoll = false;
            streams = false;
            startedNanos = NanoClock.SYSTEM.nanoTime();
            readNanos = startedNanos;
        }
    }

    /**
     * Counts a page that could be read; its items count whatever happens to the next page. Returns the new ones.
     *
     * @param nanos when it had been read, by the monotonic clock
     */
    synchronized List<Arrival> took(List<ItemReader.Item> page, long nanos) {
        if (closed) {
            return List.of();
        }
        List<Arrival> arrivals = new ArrayList<>();
        pageInThisPoll = true;
        readNanos = nanos;
        itemsInThisPoll += page.size();
        if (!streams) {
            seen.remember(2 * itemsInThisPoll); // a list that is always sent whole is remembered whole
        }
        for (ItemReader.Item item : page) {
            long before = seen.seen(item.key(), polls);
            if (before == SeenItems.NEVER) {
                newInThisPoll++;
                Arrival arrival = arrival(item, clock.sinceStartNanos(nanos));
                arrivals.add(arrival);
                listed.add(arrival, polls, clock);
            }
            boolean comesAgain = before < wholePoll || streams && before == polls;
            if (before == SeenItems.NEVER || comesAgain) {
                listener.saw(new Sighting(
                        item.id(), item.version(), nanos, polls, item.occurredEpochNanos(), before != SeenItems.NEVER));
            }
        }
        return arrivals;
    }

    /** A page has not changed, and not been sent again. */
    synchronized void tookUnchanged(long nanos) {
        pageInThisPoll = true;
        unchangedPageInThisPoll = true;
        readNanos = nanos;
    }

    /** The answer goes on: this poll is a connection, and its items come one by one. */
    synchronized void streamOpened(long nanos) {
        pageInThisPoll = true;
        streams = true;
        streamOpenedNanos = nanos;
        readNanos = nanos;
    }

    /**
     * Ends the first poll at the first pause of a stream, because what came before was there already; what comes over the
     * same connection afterwards belongs to the next poll. To be called now and then, by any thread.
     */
    synchronized Optional<Ended> look(long nanos) {
        boolean pauses = nanos - readNanos >= PAUSE_NANOS || nanos - streamOpenedNanos >= LONGEST_BEGINNING_NANOS;
        if (closed || !underWay || !streams || backlogKnown || !pauses) {
            return Optional.empty();
        }
        long sentNanos = startedNanos;
        long lastNanos = readNanos;
        long openedNanos = streamOpenedNanos;
        Optional<Ended> first = end(PollEnding.READ, false);
        begin();
        streamOpened(openedNanos);
        startedNanos = sentNanos;
        readNanos = lastNanos;
        return first;
    }

    /** Whether this poll has been open for longer than an answer that merely takes a while. */
    synchronized boolean hasStayedOpen() {
        return streams && backlogKnown && NanoClock.SYSTEM.nanoTime() - streamOpenedNanos >= PAUSE_NANOS;
    }

    private Arrival arrival(ItemReader.Item item, long sinceStartNanos) {
        OptionalLong occurred = item.occurredEpochNanos();
        OptionalLong late = occurred.isEmpty()
                ? occurred
                : OptionalLong.of(clock.epochNanos(sinceStartNanos) - occurred.getAsLong());
        if (backlogKnown && late.isPresent() && late.getAsLong() >= 0) {
            lateness.record(late.getAsLong());
        }
        return new Arrival(item.id(), item.version(), sinceStartNanos, late, occurred);
    }

    /**
     * Empty when the books are closed.
     *
     * @param whole whether it showed the whole list
     */
    synchronized Optional<Ended> end(PollEnding ending, boolean whole) {
        if (closed) {
            return Optional.empty();
        }
        boolean firstRead = !backlogKnown;
        underWay = false;
        count();
        empty += newInThisPoll == 0 && ending != PollEnding.BROKEN_OFF ? 1 : 0;
        unchanged += ending == PollEnding.UNCHANGED ? 1 : 0;
        limited += ending == PollEnding.LIMITED ? 1 : 0;
        failed += ending == PollEnding.FAILED ? 1 : 0;
        brokenOff += ending == PollEnding.BROKEN_OFF ? 1 : 0;
        backlogKnown |= pageInThisPoll;
        boolean listsAll = ending == PollEnding.READ && whole && !unchangedPageInThisPoll;
        wholePoll = listsAll ? polls : wholePoll;
        listed.polled(polls, startedNanos, readNanos, ending.read(), ending.read() && whole, clock);
        listener.polled(polls, startedNanos, readNanos, ending, ending.read() && whole);
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

    synchronized boolean knowsBacklog() {
        return backlogKnown;
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
        return listed.table();
    }

    synchronized EvidenceTable listedPolls() {
        return listed.polls();
    }

    /** Warnings about the items for readers of the figures. */
    synchronized List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (seen.forgot()) {
            warnings.add("more than %d different items came; those not seen for the longest time were forgotten"
                            .formatted(seen.most())
                    + " and count as new if they come again");
        }
        listed.warning().ifPresent(warnings::add);
        return warnings;
    }
}
