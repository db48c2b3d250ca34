package dev.pushpull.experiment.capacity;

import dev.pushpull.host.Spans;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import java.io.IOException;

/** A path with its servers and drivers, which make one step at a time. */
interface PathSteps extends AutoCloseable {
    /**
     * A step that was made.
     *
     * @param heard stalls that all processes heard at once, so that none caused them
     * @param ownPauses pauses that a JVM made itself
     */
    record Made(LoadStep step, LoadResult result, ServerProcess.Reading reading, Spans heard, Spans ownPauses) {
        /** The stalls that the machine caused: all that were heard, without our own pauses. */
        Spans stalls(Spans byMeter) {
            return byMeter.or(heard).without(ownPauses);
        }
    }

    /**
     * Makes a step and waits for its end.
     *
     * @param ratePerSecond in sum
     * @param warmupNanos before the measured time
     */
    Made step(double ratePerSecond, long warmupNanos, long measuredNanos) throws IOException, InterruptedException;

    /** Processors that they have together. */
    int cores();

    @Override
    void close() throws IOException;
}
