package dev.pushpull.experiment.run;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.ProcessFigures;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Trials of several modes side by side over the same events: providers, consumers, and what lets the events occur. */
public interface TrialGroup extends AutoCloseable {
    /** Where trials run: in this process, or in processes of their own. */
    interface Host extends AutoCloseable {
        /**
         * Sets up providers and consumers.
         *
         * @throws IOException when they do not come together
         */
        TrialGroup open(TrialSetup setup) throws IOException;

        /** Whether all runs in this process. */
        boolean isThisProcess();

        @Override
        void close();
    }

    List<? extends Trial> trials();

    /** The measured time begins at {@code startNanos} of the monotonic clock, which may lie ahead. */
    void start(long startNanos);

    /** Whether all events have occurred, or cannot any more. */
    boolean eventsOver();

    /**
     * No event occurs any more. Tells how late they were handed over.
     *
     * @throws IOException when they could not be made to occur
     */
    Distribution stopEvents() throws IOException, InterruptedException;

    /** CPU since the start, by mode and role. */
    Map<String, Double> cpuMillis();

    /** What each process has used since the start; empty where they are not told apart. */
    List<ProcessFigures> processes();

    @Override
    void close();
}
