// Over 300 lines: what decides an item is one state under one lock.
package dev.pushpull.observe;

import dev.pushpull.scenario.ObservedPair;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.standalone.Fingerprint;
import dev.pushpull.standalone.ItemListener;
import dev.pushpull.standalone.PollEnding;
import dev.pushpull.standalone.Sighting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Pairs what polls and pushes show, by id and version, for weeks in memory that stays flat. The rules:
 *
 * <ul>
 *   <li><b>backlog</b>: shown by the polls up to the first that was read to its end.
 *   <li><b>both</b>: shown by both ways, in whatever order.
 *   <li><b>gone before polled</b>: pushed, and the first complete poll that began after the push and showed the whole list
 *       did not have it. A list that lags behind its pushes may show it later; until the row is written, that makes it
 *       "both".
 *   <li><b>push only</b>: pushed, and a complete poll that began after the push did not bring it, though it was one that
 *       shows what is new only.
 *   <li><b>poll only</b>: polled, and no push came.
 *   <li><b>open</b>: in place of the last three, if it was seen within an interval and the grace of the beginning or the
 *       end, or pushed when no complete poll began any more: nobody can say that it was missed.
 * </ul>
 *
 * An item of both is decided an interval and the grace after it was last seen, so that its duplicates are counted; one
 * that is gone likewise. One that only one way showed waits for the other, until the end or until too many wait. A
 * decided item is handed on and forgotten but for its fingerprint. Any thread may call any method.
 */
public final class Pairing {
    /** How many decided items are remembered, so that their duplicates are known. */
    public static final int MOST_REMEMBERED = 200_000;

    private final Setup setup;
    private final Consumer<ObservedPair> decided;
    private final Optional<WatchedItems> watched;
    private final Consumer<ObservedPair> changed;
    private final Tally tally;
    private final Map<Fingerprint, OpenItem> young = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Fingerprint, OpenItem> waiting = new LinkedHashMap<>();
    private final Deque<OpenItem> notPolled = new ArrayDeque<>();
    private final Map<Fingerprint, Outcome> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, Outcome> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private final List<OpenItem> backlog = new ArrayList<>();
    private boolean backlogRead;
    private boolean ready;
    private long readyNanos;
    private long lastCompleteBegunNanos;

    /**
     * How to decide.
     *
     * @param intervalNanos between polls
     * @param graceNanos how much later than that an item may still come
     * @param mostWaiting how many items may be undecided; then the oldest is decided
     * @param epochOffsetNanos to be added to the times of sightings to get nanoseconds since 1970
     */
    public record Setup(long intervalNanos, long graceNanos, int mostWaiting, long epochOffsetNanos) {
        long marginNanos() {
            return intervalNanos + graceNanos;
        }
    }

    /** @param decided is given each item once, when its outcome is certain; must not call back */
    public Pairing(Setup setup, Consumer<ObservedPair> decided) {
        this(setup, decided, pair -> {}, Optional.empty());
    }

    /**
     * @param changed is given each item that is not decided, as it is known then; must not call back
     * @param watched is told of every item as it is seen; must not call back
     */
    public Pairing(
            Setup setup,
            Consumer<ObservedPair> decided,
            Consumer<ObservedPair> changed,
            Optional<WatchedItems> watched) {
        this.setup = setup;
        this.decided = decided;
        this.changed = changed;
        this.watched = watched;
        this.tally = new Tally(setup.epochOffsetNanos());
    }

    /** An item that an earlier run saw: it is no news, whichever way it comes. */
    public synchronized void known(String id, String version) {
        remembered.put(key(id, version), Outcome.BACKLOG);
    }

    /** Both ways are open: from now on, an item can be missed. */
    public synchronized void ready(long nanos) {
        ready = true;
        readyNanos = nanos;
        tally.ready(nanos);
    }

    /** Whether a poll was read to its end, so that the backlog is known. */
    public synchronized boolean backlogRead() {
        return backlogRead;
    }

    /** To be told what a poller sees. */
    public ItemListener polls() {
        return new ItemListener() {
            @Override
            public void saw(Sighting sighting) {
                sawInPoll(sighting);
            }

            @Override
            public void polled(long number, long startedNanos, long endedNanos, PollEnding ending, boolean whole) {
                over(startedNanos, endedNanos, ending, whole);
            }
        };
    }

    /** To be told what a receiver sees. */
    public ItemListener pushes() {
        return new ItemListener() {
            @Override
            public void saw(Sighting sighting) {
                sawInPush(sighting);
            }
        };
    }

    private static Fingerprint key(String id, String version) {
        return Fingerprint.of(true, id.length() + ":" + id + version);
    }

    private synchronized void sawInPoll(Sighting seen) {
        watched.filter(items -> !seen.repeated()).ifPresent(WatchedItems::newInPoll);
        Fingerprint key = key(seen.id(), seen.version());
        if (remembered.containsKey(key)) {
            tally.again(remembered.get(key), false);
            return;
        }
        OpenItem item = open(key, seen);
        if (item.polledNanos().isPresent()) {
            tally.reappeared();
            return;
        }
        item.polled(seen, !backlogRead);
        if (item.isBacklog()) {
            backlog.add(item);
        } else {
            tally.seenByPoll(item);
            watched.filter(items -> ready).ifPresent(items -> items.byPoll(item));
            changed(item, seen.atNanos());
        }
    }

    private synchronized void sawInPush(Sighting seen) {
        Fingerprint key = key(seen.id(), seen.version());
        if (remembered.containsKey(key)) {
            tally.again(remembered.get(key), true);
            return;
        }
        OpenItem item = open(key, seen);
        if (item.pushedNanos().isPresent()) {
            item.duplicated();
            tally.duplicated();
            watched.ifPresent(items -> items.rang(item, seen.atNanos()));
            changed(item, seen.atNanos());
            return;
        }
        item.pushed(seen);
        tally.seenByPush(item);
        watched.ifPresent(items -> items.byPush(item));
        changed(item, seen.atNanos());
        if (item.polledNanos().isEmpty()) {
            notPolled.add(item);
        }
        while (!notPolled.isEmpty() && notPolled.peek().isNotOnlyPushedAfter(Long.MIN_VALUE)) {
            notPolled.remove(); // so that it does not grow while no poll succeeds
        }
        age(seen.atNanos());
    }

    private void changed(OpenItem item, long nowNanos) {
        changed.accept(item.pair(item.outcome(verdict(nowNanos)), setup.epochOffsetNanos()));
    }

    private OpenItem open(Fingerprint key, Sighting seen) {
        OpenItem waited = waiting.remove(key);
        if (waited != null) {
            young.put(key, waited);
        }
        OpenItem item = young.computeIfAbsent(key, made -> new OpenItem(key, seen.id(), seen.version()));
        young.get(key); // moves it to the end of those seen
        item.seen(seen);
        return item;
    }

    private synchronized void over(long startedNanos, long endedNanos, PollEnding ending, boolean whole) {
        tally.polled(startedNanos);
        watched.ifPresent(items -> items.polled(startedNanos, endedNanos, ending));
        if (ending.read()) {
            backlogRead = true;
            lastCompleteBegunNanos = startedNanos;
            while (!notPolled.isEmpty() && notPolled.peek().isNotOnlyPushedAfter(startedNanos)) {
                OpenItem item = notPolled.remove();
                if (whole && item.polledNanos().isEmpty()) {
                    item.gone();
                }
            }
        }
        if (backlogRead) {
            backlog.forEach(this::decide);
            backlog.clear();
        }
        age(endedNanos);
    }

    /** Decides what was last seen long ago, or lets it wait for the other way. */
    private void age(long nowNanos) {
        Iterator<OpenItem> oldest = young.values().iterator();
        List<OpenItem> certain = new ArrayList<>();
        while (oldest.hasNext()) {
            OpenItem item = oldest.next();
            if (item.lastSeenNanos() > nowNanos - setup.marginNanos()) {
                break;
            }
            if (item.hasBoth() || item.isGone()) {
                certain.add(item);
            } else {
                waiting.put(item.key(), item);
            }
            oldest.remove();
        }
        certain.forEach(this::decide);
        while (waiting.size() + young.size() > setup.mostWaiting()) {
            decide((waiting.isEmpty() ? young : waiting).values().iterator().next());
        }
        if (notPolled.size() > 2 * setup.mostWaiting()) { // its head may wait long, and those behind it be decided
            notPolled.removeIf(item -> item.isNotOnlyPushedAfter(Long.MIN_VALUE));
        }
    }

    private void decide(OpenItem item) {
        decide(item, item.outcome(verdict(Long.MAX_VALUE)));
    }

    private void decide(OpenItem item, Outcome outcome) {
        young.remove(item.key());
        waiting.remove(item.key());
        item.forgotten();
        remembered.put(item.key(), outcome);
        tally.decided(outcome);
        decided.accept(item.pair(outcome, setup.epochOffsetNanos()));
    }

    /** Decides everything that is left: it ended at this time. */
    public synchronized void end(long nanos) {
        OpenItem.Bounds bounds = verdict(nanos);
        notDecided().forEach(item -> decide(item, item.outcome(bounds)));
        backlog.clear();
        notPolled.clear();
    }

    private OpenItem.Bounds verdict(long endNanos) {
        long margin = setup.marginNanos();
        return new OpenItem.Bounds(
                ready ? OptionalLong.of(readyNanos + margin) : OptionalLong.empty(),
                endNanos == Long.MAX_VALUE ? endNanos : endNanos - margin,
                backlogRead ? OptionalLong.of(lastCompleteBegunNanos) : OptionalLong.empty());
    }

    /** Those that are not decided, as they would be if it ended now. */
    public synchronized List<ObservedPair> undecided(long nowNanos) {
        OpenItem.Bounds bounds = verdict(nowNanos);
        return notDecided().stream()
                .map(item -> item.pair(item.outcome(bounds), setup.epochOffsetNanos()))
                .toList();
    }

    private List<OpenItem> notDecided() {
        List<OpenItem> all = new ArrayList<>(waiting.values());
        all.addAll(young.values());
        return all;
    }

    /** Of the items that came both ways so far, how much sooner the median was pushed; empty with too few. */
    public synchronized OptionalDouble soonerMillis() {
        return tally.soonerMillis();
    }

    /** Hands on those that are not decided, while none changes; the taker must not call back. */
    public synchronized void keep(long nowNanos, Consumer<List<ObservedPair>> taker) {
        taker.accept(undecided(nowNanos));
    }

    /** Everything so far, as if it ended now. */
    public synchronized Observed observed(long nowNanos) {
        return tally.observed(setup, undecided(nowNanos), nowNanos);
    }
}
