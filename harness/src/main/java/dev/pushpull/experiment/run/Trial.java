package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.JournalStep;
import java.util.List;

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
}
