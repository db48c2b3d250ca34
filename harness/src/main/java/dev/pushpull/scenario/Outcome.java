package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of one delivery mode in one trial.
 *
 * @param trial 1 for the first
 * @param latency from intended time to held by the consumer, first arrivals only
 * @param processed from intended time to processed, after the acknowledgement; empty where a mode processes in place
 * @param pollLateness how late polls were sent
 * @param roundTrip send to parsed response of each request, as a naive client would time it
 * @param cpuMillis by role: provider, consumer
 * @param setup the effort to set up, by name: listening sockets, secrets, set-up requests
 * @param intervals by column of {@link Metrics}
 * @param timeline second by second
 * @param latencyBySecond the latencies of each second that had any
 * @param invalid why the figures cannot be relied on; empty when they can
 * @param warnings for readers of the figures
 * @param conditions it was measured under these
 * @param traits of the mode; {@link ModeTraits#UNDECLARED} until the caller adds them
 */
public record Outcome(
        int trial,
        String mode,
        Counts counts,
        Distribution latency,
        Distribution processed,
        Distribution pollLateness,
        Distribution roundTrip,
        Map<String, Double> cpuMillis,
        Map<String, Long> setup,
        Map<String, Estimate> intervals,
        Prediction prediction,
        Ledger ledger,
        List<TimelineSecond> timeline,
        List<LatencySecond> latencyBySecond,
        List<String> invalid,
        List<String> warnings,
        Conditions conditions,
        ModeTraits traits) {

    /**
     * The deliveries that arrived in one second.
     *
     * @param second 0 for the first
     */
    public record LatencySecond(long second, Distribution latency) {}

    /**
     * @param events occurred in the measured time, all streams
     * @param expected deliveries: events times the consumers of each
     * @param delivered first arrivals
     * @param missed number of deliveries by reason
     * @param duplicates arrivals of events that had been pushed before
     * @param reconfirmed arrivals of known events by a reconciling poll
     * @param outOfOrder first arrivals after a later event of the same stream and consumer
     * @param requests polls, further pages and attempts
     * @param polls GETs for new events, scheduled within the measured time
     * @param emptyPolls polls that returned no new event
     * @param attempts webhook POSTs
     * @param skippedPolls polls that fell due while the consumer's previous one was unfinished
     * @param drainRequests requests that only close the run: they count in the books but in no other figure
     * @param bytesToProvider at the socket, headers included, without those of drain requests
     * @param bytesToConsumer at the socket, headers included, without those of drain requests
     * @param held the connections that were held open
     * @param slots the slots that webhooks needed at their sender
     */
    public record Counts(
            long events,
            long expected,
            long delivered,
            Map<String, Long> missed,
            long duplicates,
            long reconfirmed,
            long outOfOrder,
            long requests,
            long polls,
            long emptyPolls,
            long attempts,
            long skippedPolls,
            long drainRequests,
            long bytesToProvider,
            long bytesToConsumer,
            long connectionsOpened,
            Held held,
            Slots slots) {
        /** Of a mode that holds nothing open, where slots are not counted. */
        public Counts(
                long events,
                long expected,
                long delivered,
                Map<String, Long> missed,
                long duplicates,
                long reconfirmed,
                long outOfOrder,
                long requests,
                long polls,
                long emptyPolls,
                long attempts,
                long skippedPolls,
                long drainRequests,
                long bytesToProvider,
                long bytesToConsumer,
                long connectionsOpened) {
            this(
                    events,
                    expected,
                    delivered,
                    missed,
                    duplicates,
                    reconfirmed,
                    outOfOrder,
                    requests,
                    polls,
                    emptyPolls,
                    attempts,
                    skippedPolls,
                    drainRequests,
                    bytesToProvider,
                    bytesToConsumer,
                    connectionsOpened,
                    Held.NONE,
                    Slots.NONE);
        }

        /** Everything that had not arrived when the run was over: lost or pending. */
        @JsonIgnore
        public long missedInAll() {
            return sum(missed);
        }

        /** Deliveries that nobody would have tried again, by reason. */
        @JsonIgnore
        public Map<String, Long> lost() {
            return missed(false);
        }

        /** Deliveries that were still on their way or would have been tried again, by reason. */
        @JsonIgnore
        public Map<String, Long> pending() {
            return missed(true);
        }

        @JsonIgnore
        public long lostInAll() {
            return sum(lost());
        }

        @JsonIgnore
        public long pendingInAll() {
            return sum(pending());
        }

        private Map<String, Long> missed(boolean pending) {
            Map<String, Long> some = new TreeMap<>(missed);
            some.keySet().removeIf(reason -> MissReason.anyPending(reason) != pending);
            return some;
        }

        private static long sum(Map<String, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** An outcome under unknown conditions. */
    public Outcome(
            int trial,
            String mode,
            Counts counts,
            Distribution latency,
            Distribution processed,
            Distribution pollLateness,
            Distribution roundTrip,
            Map<String, Double> cpuMillis,
            Map<String, Long> setup,
            Map<String, Estimate> intervals,
            Prediction prediction,
            Ledger ledger,
            List<TimelineSecond> timeline,
            List<LatencySecond> latencyBySecond,
            List<String> invalid,
            List<String> warnings) {
        this(
                trial,
                mode,
                counts,
                latency,
                processed,
                pollLateness,
                roundTrip,
                cpuMillis,
                setup,
                intervals,
                prediction,
                ledger,
                timeline,
                latencyBySecond,
                invalid,
                warnings,
                Conditions.UNKNOWN,
                ModeTraits.UNDECLARED);
    }

    /** The same for a given trial, with the closed forms' prediction. */
    public Outcome of(int number, Prediction predicted) {
        return copy(number, predicted, traits);
    }

    /** The same with its mode's traits. */
    public Outcome declared(ModeTraits declared) {
        return copy(trial, prediction, declared);
    }

    /** The same under other conditions, with intervals and objections that follow from them. */
    public Outcome under(Conditions others, Map<String, Estimate> wider, List<String> objections) {
        return new Outcome(
                trial,
                mode,
                counts,
                latency,
                processed,
                pollLateness,
                roundTrip,
                cpuMillis,
                setup,
                wider,
                prediction,
                ledger,
                timeline,
                latencyBySecond,
                objections,
                warnings,
                others,
                traits);
    }

    private Outcome copy(int number, Prediction predicted, ModeTraits declared) {
        return new Outcome(
                number,
                mode,
                counts,
                latency,
                processed,
                pollLateness,
                roundTrip,
                cpuMillis,
                setup,
                intervals,
                predicted,
                ledger,
                timeline,
                latencyBySecond,
                invalid,
                warnings,
                conditions,
                declared);
    }

    /** Whether it comes from virtual time, where no processor works and no connection is opened. */
    @JsonIgnore
    public boolean simulated() {
        return cpuMillis.isEmpty();
    }

    @JsonIgnore
    public boolean valid() {
        return invalid.isEmpty();
    }
}
