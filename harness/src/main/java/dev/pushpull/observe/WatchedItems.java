package dev.pushpull.observe;

import dev.pushpull.measure.Happened;
import dev.pushpull.measure.Tail;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.standalone.PollEnding;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * What is seen of each item, for somebody who watches: one tail for either way. The source is not ours and does not say
 * when an item happened, so in both an item occurs when it is seen for the first time, by whichever way; and it is late by
 * how much later the other way brings it. Pairing tells it, one thread at a time; anybody reads.
 */
public final class WatchedItems {
    private static final int OK = 200;
    private static final int ID_SHOWN = 80;
    private static final int ALL = -1;

    private final UnaryOperator<String> shown;
    private final Tail polls = new Tail(1);
    private final Tail pushes = new Tail(1);
    private final AtomicLong items = new AtomicLong();
    private final AtomicLong pollsOver = new AtomicLong();
    private final AtomicLong emptyPolls = new AtomicLong();
    private final AtomicLong polled = new AtomicLong();
    private final AtomicLong rings = new AtomicLong();
    private final AtomicLong pushed = new AtomicLong();
    private int newInPoll;

    /** @param shown makes an id of others fit to be shown */
    public WatchedItems(UnaryOperator<String> shown) {
        this.shown = shown;
    }

    /** Polls, and what they brought. */
    public Tail polls() {
        return polls;
    }

    /** Pushes, each of which rings; those of known items too. */
    public Tail pushes() {
        return pushes;
    }

    /** Items that either way brought first. */
    public long items() {
        return items.get();
    }

    /** Polls that are over. */
    public long pollsOver() {
        return pollsOver.get();
    }

    /** Polls that showed no item for the first time, without one that was broken off. */
    public long emptyPolls() {
        return emptyPolls.get();
    }

    /** Items that polls brought. */
    public long polled() {
        return polled.get();
    }

    /** How often an item was pushed, for the first time or again. */
    public long rings() {
        return rings.get();
    }

    /** Items that pushes brought. */
    public long pushed() {
        return pushed.get();
    }

    /** An item was in a poll for the first time, when both ways were open. */
    void byPoll(OpenItem item) {
        long nanos = item.polledNanos().orElseThrow();
        if (item.pushedNanos().isEmpty()) {
            occurred(item, nanos);
        } else {
            polls.delivered(Math.max(0, nanos - item.pushedNanos().getAsLong()));
            pushes.delivered(Math.max(0, item.pushedNanos().getAsLong() - nanos));
        }
        polled.incrementAndGet();
        polls.add(of(Step.RECEIVED, 0, item, 0, nanos, 0));
    }

    /** An item was pushed for the first time; one that was polled before both ways were open only rings. */
    void byPush(OpenItem item) {
        long nanos = item.pushedNanos().orElseThrow();
        if (item.polledNanos().isPresent() && item.number() == 0) {
            rang(item, nanos);
            return;
        }
        if (item.polledNanos().isEmpty()) {
            occurred(item, nanos);
        } else {
            pushes.delivered(Math.max(0, nanos - item.polledNanos().getAsLong()));
            polls.delivered(Math.max(0, item.polledNanos().getAsLong() - nanos));
        }
        pushed.incrementAndGet();
        rang(item, nanos);
        pushes.add(of(Step.RECEIVED, 0, item, 0, nanos, 0));
    }

    /** An item was pushed, for the first time or again. */
    void rang(OpenItem item, long nanos) {
        rings.incrementAndGet();
        pushes.add(of(Step.ATTEMPT, 0, item, item.pushes(), nanos, OK));
    }

    /** A poll shows an item for the first time, whatever else is known of it. */
    void newInPoll() {
        newInPoll++;
    }

    /** A poll is over; its items have been told of. One that was broken off may have had more, and is not drawn. */
    void polled(long startedNanos, long endedNanos, PollEnding ending) {
        pollsOver.incrementAndGet();
        if (ending != PollEnding.BROKEN_OFF) {
            emptyPolls.addAndGet(newInPoll == 0 ? 1 : 0);
            String failure = ending.read() ? "" : "could not be read";
            polls.add(new Happened(Step.POLL, 0, "", 0, newInPoll, startedNanos, endedNanos, OK, failure));
        }
        newInPoll = 0;
    }

    private void occurred(OpenItem item, long nanos) {
        item.numbered(items.incrementAndGet());
        polls.add(of(Step.OCCURRED, ALL, item, 0, nanos, 0));
        pushes.add(of(Step.OCCURRED, ALL, item, 0, nanos, 0));
    }

    private Happened of(Step step, int consumer, OpenItem item, int number, long nanos, int status) {
        String id = item.id();
        String cut = id.length() > ID_SHOWN ? id.substring(0, ID_SHOWN) + "..." : id;
        return new Happened(step, consumer, shown.apply(cut), item.number(), number, nanos, nanos, status, "");
    }
}
