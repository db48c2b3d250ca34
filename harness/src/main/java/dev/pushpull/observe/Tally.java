package dev.pushpull.observe;

import dev.pushpull.scenario.ObservedPair;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.scenario.ObservedRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What is counted of items, and kept when they are forgotten. Used by one thread at a time. */
final class Tally {
    /** So many times of items are kept for other intervals and for advice: 8 MB. */
    private static final int MOST_TIMES = 1_000_000;

    private static final int SHOWN_ITEMS = 60;
    private static final int SHOWN_POLLS = 24;

    private final long epochOffsetNanos;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final SignedDurations sooner = new SignedDurations();
    private final SignedDurations pushLatency = new SignedDurations();
    private final SignedDurations pollLatency = new SignedDurations();
    private final FoldingBatches soonerByPoll = new FoldingBatches();
    private final List<Long> pollsBegun = new ArrayList<>();
    private final List<OpenItem> shown = new ArrayList<>();
    private long lastShownNanos;
    private long[] times = new long[64];
    private int timesKept;
    private long timesNotKept;
    private long readyNanos;
    private boolean ready;
    private long polledFirst;
    private long duplicates;
    private long reappeared;
    private long late;
    private long backlogPushed;
    private long outOfOrder;
    private long latestSourceNanos = Long.MIN_VALUE;

    Tally(long epochOffsetNanos) {
        this.epochOffsetNanos = epochOffsetNanos;
    }

    void ready(long nanos) {
        ready = true;
        readyNanos = nanos;
    }

    void polled(long begunNanos) {
        if (ready && pollsBegun.size() < SHOWN_POLLS) {
            pollsBegun.add(begunNanos);
        }
    }

    void seenByPoll(OpenItem item) {
        if (item.pushedNanos().isEmpty()) {
            first(item, item.polledNanos().orElseThrow());
        }
        item.sourceNanos()
                .ifPresent(source -> pollLatency.record(item.polledNanos().orElseThrow() + epochOffsetNanos - source));
        both(item);
    }

    void seenByPush(OpenItem item) {
        if (item.isBacklog()) {
            backlogPushed++;
            return;
        }
        if (item.polledNanos().isEmpty()) {
            first(item, item.pushedNanos().orElseThrow());
        }
        if (item.sourceNanos().isPresent()) {
            long source = item.sourceNanos().getAsLong();
            pushLatency.record(item.pushedNanos().orElseThrow() + epochOffsetNanos - source);
            outOfOrder += source < latestSourceNanos ? 1 : 0;
            latestSourceNanos = Math.max(latestSourceNanos, source);
        }
        both(item);
    }

    private void both(OpenItem item) {
        if (item.hasBoth() && !item.isBacklog()) {
            long nanos = item.polledNanos().getAsLong() - item.pushedNanos().getAsLong();
            sooner.record(nanos);
            soonerByPoll.add(item.poll(), nanos / 1e6);
            polledFirst += nanos < 0 ? 1 : 0;
        }
    }

    private void first(OpenItem item, long nanos) {
        if (shown.size() < SHOWN_ITEMS) {
            shown.add(item);
            lastShownNanos = nanos;
        }
        if (timesKept == MOST_TIMES) {
            timesNotKept++;
            return;
        }
        if (timesKept == times.length) {
            times = Arrays.copyOf(times, Math.min(MOST_TIMES, 2 * timesKept));
        }
        times[timesKept++] = nanos + epochOffsetNanos;
    }

    void duplicated() {
        duplicates++;
    }

    void reappeared() {
        reappeared++;
    }

    /** An item that was decided comes again. */
    void again(Outcome outcome, boolean pushed) {
        switch (outcome) {
            case BACKLOG -> backlogPushed += pushed ? 1 : 0;
            case BOTH -> {
                duplicates += pushed ? 1 : 0;
                reappeared += pushed ? 0 : 1;
            }
            case GONE, PUSH_ONLY -> {
                duplicates += pushed ? 1 : 0;
                late += pushed ? 0 : 1;
            }
            default -> {
                late += pushed ? 1 : 0;
                reappeared += pushed ? 0 : 1;
            }
        }
    }

    void decided(Outcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    OptionalDouble soonerMillis() {
        return sooner.recorded().quantileMillis(0.5);
    }

    /** Everything counted, with those that are not decided counted as they would be now. */
    Observed observed(Pairing.Setup setup, List<ObservedPair> undecided, long nowNanos) {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, outcomes.getOrDefault(outcome, 0L));
        }
        undecided.forEach(pair -> counts.merge(pair.outcome(), 1L, Long::sum));
        long[] seen = Arrays.copyOf(times, timesKept);
        Arrays.sort(seen);
        return new Observed(
                setup.intervalNanos(),
                setup.graceNanos(),
                ready ? nowNanos - readyNanos : 0,
                counts,
                sooner.recorded(),
                soonerByPoll.mean(),
                pushLatency.recorded(),
                pollLatency.recorded(),
                polledFirst,
                duplicates,
                latestSourceNanos == Long.MIN_VALUE ? -1 : outOfOrder,
                reappeared,
                late,
                backlogPushed,
                seen,
                timesNotKept,
                strip(nowNanos));
    }

    /** The first items, for as long as all of them and all polls are known. */
    private ObservedRecord.Strip strip(long nowNanos) {
        long untilNanos = nowNanos;
        if (pollsBegun.size() == SHOWN_POLLS) {
            untilNanos = Math.min(untilNanos, pollsBegun.get(SHOWN_POLLS - 1));
        }
        if (shown.size() == SHOWN_ITEMS) {
            untilNanos = Math.min(untilNanos, lastShownNanos);
        }
        long last = untilNanos;
        List<ObservedRecord.Item> items = shown.stream()
                .map(item ->
                        new ObservedRecord.Item(item.id(), seconds(item.pushedNanos()), seconds(item.polledNanos())))
                .filter(item -> within(item.pushed(), last) || within(item.polled(), last))
                .toList();
        List<Double> begun = pollsBegun.stream()
                .filter(nanos -> nanos <= last)
                .map(nanos -> (nanos - readyNanos) / 1e9)
                .toList();
        return new ObservedRecord.Strip(Math.max(0, (last - readyNanos) / 1e9), begun, items);
    }

    private boolean within(OptionalDouble seconds, long untilNanos) {
        return seconds.isPresent() && seconds.getAsDouble() <= (untilNanos - readyNanos) / 1e9;
    }

    private OptionalDouble seconds(OptionalLong nanos) {
        return nanos.isPresent() ? OptionalDouble.of((nanos.getAsLong() - readyNanos) / 1e9) : OptionalDouble.empty();
    }
}
