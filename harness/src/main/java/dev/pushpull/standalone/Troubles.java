package dev.pushpull.standalone;

import dev.pushpull.scenario.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What goes wrong while a part goes on: said when it happens, and again at the end. Any thread may call any method. */
final class Troubles {
    private final Consumer<String> told;
    private long databaseLines;
    private long eventsNotKept;
    private boolean lastWasNotKept;
    private String pumpEnded = "";

    Troubles(Consumer<String> told) {
        this.told = told;
    }

    /** The database says that it fails, or works again. */
    synchronized void ofTheDatabase(String line) {
        databaseLines++;
        lastWasNotKept = false;
        told.accept(line);
    }

    /** An event could not be kept, so it does not occur; of several in a row one line tells. */
    synchronized void ofAnEvent(Throwable cause) {
        eventsNotKept++;
        if (!lastWasNotKept) {
            lastWasNotKept = true;
            told.accept("an event could not be kept, so it does not occur: " + Failures.sentence(cause));
        }
    }

    /** No event occurs any more. */
    synchronized void ofThePump(Throwable cause) {
        pumpEnded = "no further event occurred: " + Failures.sentence(cause);
        told.accept(pumpEnded);
    }

    synchronized long eventsNotKept() {
        return eventsNotKept;
    }

    /** All of it in one line; empty when there was none. */
    synchronized Optional<String> summary() {
        List<String> parts = new ArrayList<>();
        if (databaseLines > 0) {
            parts.add("commits to the database failed for a while");
        }
        if (eventsNotKept > 0) {
            parts.add("%d event%s could not be kept and did not occur"
                    .formatted(eventsNotKept, eventsNotKept == 1 ? "" : "s"));
        }
        if (!pumpEnded.isEmpty()) {
            parts.add(pumpEnded);
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }
}
