package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.measure.Tail;
import dev.pushpull.scenario.JournalStep;
import java.util.List;
import java.util.Optional;

/** One mode's part of a {@link TrialGroup}. Every answer is up to date at the time of the call. */
public interface Trial {
    DeliveryMode mode();

    /** Events so far. */
    long occurred();

    /** Polls and attempts so far. */
    long requests();

    /** First arrivals so far. */
    long delivered();

    /** Whether every delivery that is due has arrived and nothing is on its way. */
    boolean complete();

    /** Ends the measured time earlier than planned. */
    void cutShort(long endNanos);

    /** Ends the traffic; unfinished exchanges may finish. */
    void stop() throws InterruptedException;

    /** Everything counted so far. */
    TrialBooks books();

    List<JournalStep> journal();

    /** Polls so far that brought nothing; 0 where only another process knows. */
    default long empty() {
        return 0;
    }

    /** What happens from now on to so many consumers; empty where another process sees it. */
    default Optional<Tail> watched(int consumers) {
        return Optional.empty();
    }
}
