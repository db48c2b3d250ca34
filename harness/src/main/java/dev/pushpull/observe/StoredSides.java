package dev.pushpull.observe;

import dev.pushpull.standalone.PollEnding;
import dev.pushpull.standalone.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two runs that are over, one that polled and one that received, as if they had been one. All times are since 1970.
 *
 * @param polled what the poller saw
 * @param pushed what the receiver saw
 * @param polls those that the poller wrote down, all of them or the first
 * @param pollCount how many it made
 * @param backlog whether the first poll of the list showed what was there before; only where no polls are written down
 * @param polledFromNanos when the first poll was made
 * @param polledUntilNanos when polls ended
 * @param receivedFromNanos when the receiver began to listen
 */
public record StoredSides(
        List<Sighting> polled,
        List<Sighting> pushed,
        List<Poll> polls,
        long pollCount,
        boolean backlog,
        long intervalNanos,
        long polledFromNanos,
        long polledUntilNanos,
        long receivedFromNanos,
        long receivedUntilNanos) {
    /** As {@link dev.pushpull.standalone.ItemListener#polled} is told of it. */
    public record Poll(long number, long startedNanos, long endedNanos, boolean read, boolean whole) {}

    /** What one of the two sides saw at a time; of what is told at the same time, the rank is the order. */
    private record Told(long atNanos, int rank, Runnable telling) {}

    /** Whether there was a time when both went on. */
    public boolean overlap() {
        return readyNanos() < endNanos();
    }

    private long readyNanos() {
        return Math.max(polledFromNanos, receivedFromNanos);
    }

    /** The end of what both saw. */
    public long endNanos() {
        return Math.min(polledUntilNanos, receivedUntilNanos);
    }

    /** Whether all polls are known, so that it is known what they did not show. */
    public boolean tellsAllPolls() {
        return polls.size() >= pollCount;
    }

    /** Shows everything to a pairing, in the order of time, and ends it. */
    public void tell(Pairing pairing) {
        List<Told> all = new ArrayList<>();
        pushed.forEach(push ->
                all.add(new Told(push.atNanos(), 0, () -> pairing.pushes().saw(push))));
        polled.forEach(item -> all.add(new Told(
                ofTheBacklog(item) ? polledFromNanos : item.atNanos(),
                1,
                () -> pairing.polls().saw(item))));
        List<Poll> known = new ArrayList<>(polls);
        if (polls.isEmpty()) {
            known.add(new Poll(firstPoll(), polledFromNanos, polledFromNanos, true, false));
        }
        if (!tellsAllPolls()) { // one an interval was made to the end, but for those that failed
            long last = known.get(known.size() - 1).number() + 1;
            known.add(new Poll(last, polledUntilNanos - intervalNanos, polledUntilNanos, true, false));
        }
        known.forEach(poll -> all.add(new Told(
                poll.endedNanos(),
                2,
                () -> pairing.polls()
                        .polled(
                                poll.number(),
                                poll.startedNanos(),
                                poll.endedNanos(),
                                poll.read() ? PollEnding.READ : PollEnding.FAILED,
                                poll.whole()))));
        all.add(new Told(readyNanos(), 3, () -> pairing.ready(readyNanos())));
        all.sort(Comparator.comparingLong(Told::atNanos).thenComparingInt(Told::rank));
        all.forEach(told -> told.telling().run());
        pairing.end(endNanos());
    }

    private boolean ofTheBacklog(Sighting item) {
        return polls.isEmpty() && backlog && item.poll() == firstPoll();
    }

    private long firstPoll() {
        return polled.stream().mapToLong(Sighting::poll).min().orElse(0);
    }
}
