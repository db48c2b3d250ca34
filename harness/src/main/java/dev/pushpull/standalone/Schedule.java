package dev.pushpull.standalone;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.Seeds;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * When events occur, over all streams, without end; and how many were due but not reached. Any thread may call this.
 */
final class Schedule {
    /** Up to this many overdue events are counted, which takes less than a second. */
    static final long MOST_COUNTED = 2_000_000;

    private final PriorityQueue<Next> queue = new PriorityQueue<>(Comparator.comparingLong(Next::atNanos));
    private boolean ended;

    /**
     * The next event of a stream.
     *
     * @param atNanos after the start
     */
    record Next(long atNanos, int stream, ArrivalTimes times) {}

    /** @param overdueNanos how long the first of them has been due */
    record NotReached(long events, long overdueNanos) {
        static final NotReached NONE = new NotReached(0, 0);

        NotReached plus(NotReached other) {
            return new NotReached(events + other.events, Math.max(overdueNanos, other.overdueNanos));
        }
    }

    Schedule(Scenario scenario) {
        Seeds seeds = new Seeds(scenario.run().seed());
        for (int stream = 0; stream < scenario.events().streamCount(); stream++) {
            add(stream, scenario.events().arrivals().times(seeds.generator(Seeds.Purpose.EVENTS, stream)));
        }
    }

    private void add(int stream, ArrivalTimes times) {
        long atNanos = times.nextNanos();
        if (atNanos != ArrivalTimes.NONE) {
            queue.add(new Next(atNanos, stream, times));
        }
    }

    /** The next event of all streams; {@link #reached} marks it as reached. Empty when there are no more. */
    synchronized Optional<Next> next() {
        return ended ? Optional.empty() : Optional.ofNullable(queue.peek());
    }

    /** The next event has occurred, or cannot occur. */
    synchronized void reached() {
        if (!ended) {
            Next next = queue.remove();
            add(next.stream(), next.times());
        }
    }

    /** Ends the schedule, and counts the events due by then and not reached. A second call counts none. */
    synchronized NotReached end(long atNanos) {
        if (ended || queue.isEmpty() || queue.peek().atNanos() > atNanos) {
            ended = true;
            return NotReached.NONE;
        }
        long overdueNanos = atNanos - queue.peek().atNanos();
        long events = 0;
        while (!queue.isEmpty() && queue.peek().atNanos() <= atNanos && events < MOST_COUNTED) {
            events++;
            reached();
        }
        ended = true;
        return new NotReached(events, overdueNanos);
    }
}
