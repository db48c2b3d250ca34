package dev.pushpull.virtual;

import dev.pushpull.measure.Batches;
import dev.pushpull.measure.LatencyCounts;
import dev.pushpull.measure.LatencyGroups;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.surface.ExchangeSizes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What happened in virtual time to some consumers, one after another. The counters belong to the consumer (or the
 * stretch of its time) that is being simulated, until they are closed into the totals. For one thread at a time.
 */
public final class VirtualTally {
    /** Learns what becomes of each event, where that is not the end of it. */
    interface Fates {
        /** A push brings it at this time. */
        void held(long eventNanos, long heldNanos);

        /**
         * No push brings it.
         *
         * @param reasons the bits of {@link Missed} that apply
         */
        void missed(long eventNanos, int reasons);
    }

    /** Why a delivery never arrived. */
    public enum Missed {
        RETRIES_EXHAUSTED(MissReason.RETRIES_EXHAUSTED),
        RETRY_PENDING(MissReason.RETRY_PENDING),
        DROPPED_BY_RETENTION(MissReason.DROPPED_BY_RETENTION),
        NOT_FETCHED(MissReason.NOT_FETCHED),
        LOST_IN_GAP(MissReason.LOST_IN_GAP),
        PASSED_OVER(MissReason.PASSED_OVER),
        ENDPOINT_DISABLED(MissReason.ENDPOINT_DISABLED),
        WAITING(MissReason.WAITING);

        private final String reason;

        Missed(MissReason reason) {
            this.reason = reason.text();
        }

        int bit() {
            return 1 << ordinal();
        }
    }

    /** What is counted. Names and meanings are those of {@code Outcome.Counts} unless said otherwise. */
    public enum Count {
        EXPECTED,
        DELIVERED,
        DUPLICATES,
        RECONFIRMED,
        OUT_OF_ORDER,
        SKIPPED,
        DRAIN
    }

    /** Sums are moved to a double before they can overflow. */
    private static final long MOST_SUM_NANOS = Long.MAX_VALUE / 4;

    private static final int MOST_GROUPS = 200;

    private final WireTally wire;

    // the totals, which TallyBytes writes and reads
    final WireTally allWire;
    final LatencyCounts latencies;
    final Batches batches;
    final LatencyGroups groups;
    private final int consumers;
    final long[] totals = new long[Count.values().length];
    final long[] missed = new long[1 << Missed.values().length];
    double latencySumNanos;
    double bytesToProvider;
    double bytesToConsumer;

    // kept apart because they are counted for every event
    long expected;
    private long sumNanos;
    private double sumBeforeNanos;

    private final long[] counts;

    /** Null where a delivery is one, and a miss a miss. */
    private final Fates fates;

    /** @param sizes of all kinds of exchange */
    VirtualTally(List<ExchangeSizes> sizes, int consumers, int bits) {
        this.fates = null;
        this.counts = new long[Count.values().length];
        this.wire = new WireTally(sizes);
        this.allWire = new WireTally(sizes);
        this.latencies = new LatencyCounts(bits);
        this.batches = new Batches(consumers);
        this.groups = new LatencyGroups(Math.max(Batches.stretches(), Math.min(consumers, MOST_GROUPS)));
        this.consumers = consumers;
    }

    /** Counts the exchanges of another tally, and tells the fates of events instead of counting them. */
    private VirtualTally(VirtualTally exchanges, Fates fates) {
        this.fates = fates;
        this.counts = exchanges.counts;
        this.wire = exchanges.wire;
        this.allWire = exchanges.allWire;
        this.latencies = exchanges.latencies;
        this.batches = exchanges.batches;
        this.groups = exchanges.groups;
        this.consumers = exchanges.consumers;
    }

    /** The same exchanges, with somebody who decides what becomes of the events. */
    VirtualTally telling(Fates decides) {
        return new VirtualTally(this, decides);
    }

    /** A consumer holds an event for the first time, as far as its pushes go. */
    public void delivered(long eventNanos, long heldNanos) {
        if (fates == null) {
            delivered(heldNanos - eventNanos);
        } else {
            fates.held(eventNanos, heldNanos);
        }
    }

    /** A consumer that polls holds an event for the first time. */
    public void delivered(long latencyNanos) {
        if (fates != null) {
            throw new IllegalStateException("a mode that pushes says which event it delivers");
        }
        latencies.record(latencyNanos);
        sumNanos += latencyNanos;
        if (sumNanos > MOST_SUM_NANOS) {
            sumBeforeNanos += sumNanos;
            sumNanos = 0;
        }
    }

    /** A delivery that was counted did not happen after all. */
    void withdrawn(long latencyNanos) {
        latencies.withdraw(latencyNanos);
        sumNanos -= latencyNanos;
    }

    /** The exchanges of one kind. */
    public KindTally of(Kind kind) {
        return wire.of(kind);
    }

    /** Adds to a count. */
    public void add(Count count, long more) {
        if (fates == null || count != Count.OUT_OF_ORDER) { // the order of arrivals depends on the fates, too
            counts[count.ordinal()] += more;
        }
    }

    /** An event never arrives, as far as its pushes go. */
    public void missed(long eventNanos, Missed reason) {
        missed(eventNanos, reason.bit());
    }

    /** The same for one of two reasons. */
    public void missed(long eventNanos, Missed one, Missed other) {
        missed(eventNanos, one.bit() | other.bit());
    }

    private void missed(long eventNanos, int reasons) {
        if (fates == null) {
            missed(reasons);
        } else {
            fates.missed(eventNanos, reasons);
        }
    }

    /**
     * A delivery never arrives.
     *
     * @param reasons the bits of {@link Missed} that apply
     */
    void missed(int reasons) {
        missed[reasons]++;
    }

    /** Moves the counters to the totals and to those of a consumer or a stretch of time. */
    void close(int consumer, int stretch, boolean byConsumer) {
        int group = byConsumer ? (int) ((long) consumer * groups.size() / consumers) : stretch;
        long delivered = latencies.giveTo(groups, group);
        double sum = sumBeforeNanos + sumNanos;
        counts[Count.EXPECTED.ordinal()] = expected;
        counts[Count.DELIVERED.ordinal()] = delivered;
        double up = wire.bytesToProvider();
        double down = wire.bytesToConsumer();
        Batches.Share share =
                new Batches.Share(delivered, sum / 1e6, wire.made(), up + down, wire.mayBeEmpty(), wire.empty());
        if (byConsumer) {
            batches.addConsumer(consumer, share);
        } else {
            batches.addStretch(stretch, share);
        }
        wire.moveTo(allWire);
        for (int i = 0; i < totals.length; i++) {
            totals[i] += counts[i];
            counts[i] = 0;
        }
        latencySumNanos += sum;
        bytesToProvider += up;
        bytesToConsumer += down;
        expected = 0;
        sumNanos = 0;
        sumBeforeNanos = 0;
    }

    /** Adds what happened to other consumers. */
    void add(VirtualTally other) {
        for (int i = 0; i < totals.length; i++) {
            totals[i] += other.totals[i];
        }
        for (int i = 0; i < missed.length; i++) {
            missed[i] += other.missed[i];
        }
        allWire.add(other.allWire);
        latencies.add(other.latencies);
        batches.add(other.batches);
        groups.add(other.groups);
        latencySumNanos += other.latencySumNanos;
        bytesToProvider += other.bytesToProvider;
        bytesToConsumer += other.bytesToConsumer;
    }

    /** All exchanges. */
    public WireTally wire() {
        return allWire;
    }

    /** The total of one count. */
    public long total(Count count) {
        return totals[count.ordinal()];
    }

    /** Missed deliveries by reason, without reasons that did not occur. */
    public Map<String, Long> missedByReason() {
        Map<String, Long> byReason = new TreeMap<>();
        for (int reasons = 0; reasons < missed.length; reasons++) {
            if (missed[reasons] > 0) {
                int bits = reasons;
                String text = Arrays.stream(Missed.values())
                        .filter(reason -> (bits & reason.bit()) != 0)
                        .map(reason -> reason.reason)
                        .collect(Collectors.collectingAndThen(Collectors.toList(), MissReason::all));
                byReason.put(text, missed[reasons]);
            }
        }
        return byReason;
    }

    /** Intended time to held, first arrivals only. */
    public LatencyCounts latencies() {
        return latencies;
    }

    /** The exact sum of the latencies. */
    public double latencySumNanos() {
        return latencySumNanos;
    }

    Batches batches() {
        return batches;
    }

    /** The factor by which dependence between deliveries widens what can be said about a quantile. */
    double designEffect(double p) {
        return groups.designEffect(p);
    }

    long bytesToProvider() {
        return Math.round(bytesToProvider);
    }

    long bytesToConsumer() {
        return Math.round(bytesToConsumer);
    }
}
