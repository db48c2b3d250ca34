package dev.pushpull.experiment.run;

import java.util.List;
import java.util.function.LongSupplier;

/** Follows the progress of a run; called a few times a second. */
public interface RunListener {
    /** A listener that ignores everything. */
    RunListener NONE = new RunListener() {
        @Override
        public void phase(String what) {}

        @Override
        public void progress(Progress progress) {}
    };

    /** A new phase begins: warming up, measuring, draining. */
    void phase(String what);

    void progress(Progress progress);

    /**
     * Trials that are measured side by side are about to begin.
     *
     * @param pauseNanos the longest that the machine has paused since it was last asked
     */
    default void begins(List<WatchedTrial> trials, LongSupplier pauseNanos) {}

    /**
     * How far the measured time has come.
     *
     * @param requests polls and attempts so far, all modes
     */
    record Progress(long elapsedNanos, long totalNanos, long events, long requests, long deliveries) {}
}
