package dev.pushpull.experiment.run;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.ProcessFigures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trials of several modes side by side over the same events: providers, consumers and the event pump. */
public interface TrialGroup extends AutoCloseable {
    /** Where trials run: in this process, or in separate processes. */
    interface Host extends AutoCloseable {
        /**
         * Sets up providers and consumers.
         *
         * @throws IOException when consumers cannot reach their provider
         */
        TrialGroup open(TrialSetup setup) throws IOException;

        /** How long before the measured time all parts must have been told when it begins. */
        default long leastLeadNanos() {
            return 0;
        }

        /** Why a part is no longer there, which ends what runs; empty while all are. */
        default Optional<String> lost() {
            return Optional.empty();
        }

        /** Whether everything runs in this process. */
        boolean isThisProcess();

        @Override
        void close();
    }

    List<? extends Trial> trials();

    /**
     * The measured time of the first mode begins at {@code startNanos} of the monotonic clock, which may lie ahead, that
     * of the others as {@link TrialSetup#startNanos} says.
     */
    void start(long startNanos);

    /** Whether all events have occurred, or no more can. */
    boolean eventsOver();

    /** Puts aside what has been recorded so far, where it would be lost with a part on another host. */
    default void keep() {}

    /**
     * Lets no more events occur. Returns how late they were handed over.
     *
     * @throws IOException when events failed to occur
     */
    Distribution stopEvents() throws IOException, InterruptedException;

    /** CPU since the start, by mode and role. */
    Map<String, Double> cpuMillis();

    /** How long the processes that play provider and consumers have compiled so far, all together. */
    long compilationMillis();

    /** What each process has used since the start; empty where everything is one process. */
    List<ProcessFigures> processes();

    /** The hosts of its parts; empty where it is one. */
    default List<HostFigures> hosts() {
        return List.of();
    }

    @Override
    void close();
}
