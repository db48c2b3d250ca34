package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.JournalStep;
import java.util.List;

/** One mode's part of a {@link TrialGroup}. What it tells is up to date when it is asked. */
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

    /** The measured time ends earlier than planned. */
    void cutShort(long endNanos);

    /** Ends the traffic; what is under way may finish. */
    void stop() throws InterruptedException;

    /** What was counted so far. */
    TrialBooks books();

    List<JournalStep> journal();
}
