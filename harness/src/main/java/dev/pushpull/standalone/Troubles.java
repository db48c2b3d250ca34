package dev.pushpull.standalone;

import dev.pushpull.scenario.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Problems while a command goes on: reported when they happen, and again at the end. Any thread may call any method.
 */
final class Troubles {
    /** A shorter delay is normal for the machine. */
    static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String> told;
    private long databaseLines;
    private long eventsNotKept;
    private boolean lastWasNotKept;
    private String pumpEnded = "";
    private Schedule.NotReached notReached = Schedule.NotReached.NONE;
    private long eventsLate;
    private long mostLateNanos;

    Troubles(Consumer<String> told) {
        this.told = told;
    }

    /** The database reports that it fails, or works again. */
    synchronized void ofTheDatabase(String line) {
        databaseLines++;
        lastWasNotKept = false;
        told.accept(line);
    }

    /** An event could not be kept, so it does not occur; several in a row are reported in one line. */
    synchronized void ofAnEvent(Throwable cause) {
        eventsNotKept++;
        if (!lastWasNotKept) {
            lastWasNotKept = true;
            told.accept("an event could not be kept, so it does not occur: " + Failures.sentence(cause));
        }
    }

    /** No more events occur. */
    synchronized void ofThePump(Throwable cause) {
        pumpEnded = "no further event occurred: " + Failures.sentence(cause);
        told.accept(pumpEnded);
    }

    /** An event occurred this long after it was due. */
    synchronized void occurred(long lateNanos) {
        if (lateNanos >= LATE_NANOS) {
            eventsLate++;
            mostLateNanos = Math.max(mostLateNanos, lateNanos);
        }
    }

    /** The events stopped before their schedule did. */
    synchronized void notReached(Schedule.NotReached events) {
        if (events.overdueNanos() >= LATE_NANOS) {
            notReached = notReached.plus(events);
        }
    }

    synchronized long eventsNotReached() {
        return notReached.events();
    }

    synchronized long eventsNotKept() {
        return eventsNotKept;
    }

    private void addDelays(List<String> parts) {
        if (eventsLate > 0) {
            parts.add(events(eventsLate) + " occurred late, by up to " + seconds(mostLateNanos));
        }
        if (notReached.events() > 0) {
            String more = notReached.events() >= Schedule.MOST_COUNTED ? "more than " : "";
            parts.add("%s%s that %s due did not occur, since the schedule was %s behind"
                    .formatted(
                            more,
                            events(notReached.events()),
                            notReached.events() == 1 ? "was" : "were",
                            seconds(notReached.overdueNanos())));
        }
    }

    private static String events(long count) {
        return "%,d event%s".formatted(count, count == 1 ? "" : "s");
    }

    private static String seconds(long nanos) {
        return "%,.1f s".formatted(nanos / 1e9);
    }

    /** All of them in one line; empty when there were none. */
    synchronized Optional<String> summary() {
        List<String> parts = new ArrayList<>();
        if (databaseLines > 0) {
            parts.add("commits to the database failed");
        }
        if (eventsNotKept > 0) {
            parts.add(events(eventsNotKept) + " could not be kept and did not occur");
        }
        if (!pumpEnded.isEmpty()) {
            parts.add(pumpEnded);
        }
        if (!parts.isEmpty()) { // by itself this is not a failure of anything outside
            addDelays(parts);
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }
}
