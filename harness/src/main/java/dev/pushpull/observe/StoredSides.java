package dev.pushpull.observe;

import dev.pushpull.standalone.ItemListener;
import dev.pushpull.standalone.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two runs that are over, one that polled and one that received, as if they had been one. Their lists do not tell what a
 * poll did not show, so nothing is "gone before polled": it is "push only".
 *
 * @param polls what the poller saw, by the time since 1970, as all times here
 * @param pushes what the receiver saw
 * @param backlog whether the first poll of the list showed what was there before
 * @param polledFromNanos when the first poll was made
 * @param polledUntilNanos when polls ended
 * @param receivedFromNanos when the receiver began to listen
 */
public record StoredSides(
        List<Sighting> polls,
        List<Sighting> pushes,
        boolean backlog,
        long intervalNanos,
        long polledFromNanos,
        long polledUntilNanos,
        long receivedFromNanos,
        long receivedUntilNanos) {
    private record Seen(Sighting sighting, ItemListener by) {}

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

    /** Shows everything to a pairing, in the order of time, and ends it. */
    public void tell(Pairing pairing) {
        long first = polls.stream().mapToLong(Sighting::poll).min().orElse(0);
        List<Seen> rest = new ArrayList<>();
        pushes.forEach(push -> rest.add(new Seen(push, pairing.pushes())));
        for (Sighting poll : polls) {
            if (backlog && poll.poll() == first) {
                pairing.polls().saw(poll);
            } else {
                rest.add(new Seen(poll, pairing.polls()));
            }
        }
        pairing.polls().polled(first, polledFromNanos, polledFromNanos, true, false);
        pairing.ready(readyNanos());
        rest.sort(Comparator.comparingLong(seen -> seen.sighting().atNanos()));
        rest.forEach(seen -> seen.by().saw(seen.sighting()));
        // one poll an interval was made to the end, but for those that failed
        pairing.polls().polled(first + 1, polledUntilNanos - intervalNanos, polledUntilNanos, true, false);
        pairing.end(endNanos());
    }
}
