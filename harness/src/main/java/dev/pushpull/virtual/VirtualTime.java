package dev.pushpull.virtual;

import dev.pushpull.measure.Batches;
import dev.pushpull.measure.Intervals;
import dev.pushpull.measure.LatencyCounts;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Slots;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.virtual.VirtualTally.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;

/**
 * Simulates the consumers of a scenario, each by itself, on all cores of the {@code ForkJoinPool} it is called in
 * (otherwise the common one). The division of the consumers does not depend on the number of cores, and their results
 * are combined in order, so no figure depends on it either. Memory grows neither with the horizon nor with the number
 * of consumers.
 */
public final class VirtualTime {
    private static final int MOST_PARTS = 64;

    /** A part with fewer deliveries would not be worth a tally of its own. */
    private static final double LEAST_DELIVERIES_A_PART = 20_000;

    private VirtualTime() {}

    /** Makes the consumers of a mode. */
    public interface Consumers {
        /** @param number 0 for the first */
        VirtualConsumer start(int number, ArrivalTimes events, VirtualTally tally);
    }

    /**
     * A mode in one scenario.
     *
     * @param mode its name
     * @param sizes of all its kinds of exchange
     * @param sender on which its consumers depend; null where they depend on none
     */
    public record Simulated(String mode, List<ExchangeSizes> sizes, Consumers consumers, VirtualSender sender) {
        /** With consumers that depend on no sender. */
        public Simulated(String mode, List<ExchangeSizes> sizes, Consumers consumers) {
            this(mode, sizes, consumers, null);
        }

        /** The slots that its sender needed. */
        public Slots slots() {
            return sender == null ? Slots.NONE : sender.slots();
        }
    }

    /** Simulates the scenario; returns the outcome of a mode's first trial. */
    public static Outcome run(Simulated simulated, Scenario scenario, ArrivalStreams events) {
        return run(simulated, scenario, events, true);
    }

    /** The same without intervals, which take as long as a short run itself: for one of many. */
    public static Outcome runWithoutIntervals(Simulated simulated, Scenario scenario, ArrivalStreams events) {
        return run(simulated, scenario, events, false);
    }

    /** What the tally of all consumers comes to, with the slots that their sender needed. */
    public static Outcome outcome(Simulated simulated, Scenario scenario, VirtualTally tally, Slots slots) {
        return outcome(simulated.mode(), scenario, tally, slots, true);
    }

    private static Outcome run(Simulated simulated, Scenario scenario, ArrivalStreams events, boolean intervals) {
        VirtualTally tally =
                tally(scenario, events, simulated.sizes(), simulated.consumers(), LatencyCounts.THREE_DIGITS);
        return outcome(simulated.mode(), scenario, tally, simulated.slots(), intervals);
    }

    /** Simulates the scenario; returns the outcome of a mode's first trial. */
    public static Outcome run(
            String mode, Scenario scenario, ArrivalStreams events, List<ExchangeSizes> wire, Consumers consumers) {
        return run(new Simulated(mode, wire, consumers), scenario, events);
    }

    /**
     * Simulates the scenario.
     *
     * @param bits how many binary digits are kept of a latency
     */
    public static VirtualTally tally(
            Scenario scenario, ArrivalStreams events, List<ExchangeSizes> wire, Consumers consumers, int bits) {
        return sum(tallies(scenario, events, wire, consumers, bits, 0, parts(scenario)));
    }

    /**
     * Simulates some of the parts into which the consumers are always divided; see {@link #parts}. Their sum, part by
     * part from the first, is exactly the tally of them all, wherever each was simulated.
     *
     * @param fromPart 0 for the first
     * @param toPart the one after the last
     */
    public static List<VirtualTally> tallies(
            Simulated simulated, Scenario scenario, ArrivalStreams events, int fromPart, int toPart) {
        return tallies(
                scenario,
                events,
                simulated.sizes(),
                simulated.consumers(),
                LatencyCounts.THREE_DIGITS,
                fromPart,
                toPart);
    }

    /** Adds tallies to the first of them, in order. */
    public static VirtualTally sum(List<VirtualTally> tallies) {
        VirtualTally first = tallies.get(0);
        tallies.stream().skip(1).forEach(first::add);
        return first;
    }

    private static List<VirtualTally> tallies(
            Scenario scenario,
            ArrivalStreams events,
            List<ExchangeSizes> wire,
            Consumers consumers,
            int bits,
            int fromPart,
            int toPart) {
        int count = scenario.events().consumers();
        int parts = parts(scenario);
        List<Part> all = new ArrayList<>();
        for (int part = fromPart; part < toPart; part++) {
            int from = (int) ((long) count * part / parts);
            int to = (int) ((long) count * (part + 1) / parts);
            all.add(new Part(scenario, events, consumers, from, to, new VirtualTally(wire, count, bits)));
        }
        ForkJoinTask.invokeAll(all);
        return all.stream().map(part -> part.tally).toList();
    }

    /** Into how many parts the consumers are divided; it depends on the scenario alone. */
    public static int parts(Scenario scenario) {
        int consumers = scenario.events().consumers();
        double seconds = scenario.run().durationNanos() / 1e9;
        double deliveries = consumers * (1 + scenario.events().arrivals().ratePerSecond() * seconds);
        return (int) Math.max(1, Math.min(Math.min(consumers, MOST_PARTS), deliveries / LEAST_DELIVERIES_A_PART));
    }

    /** Simulates some of the consumers, one after another. */
    private static final class Part extends RecursiveTask<VirtualTally> {
        private static final long serialVersionUID = 1;

        private final transient Scenario scenario;
        private final transient ArrivalStreams events;
        private final transient Consumers consumers;
        private final int from;
        private final int to;
        private final transient VirtualTally tally;

        Part(Scenario scenario, ArrivalStreams events, Consumers consumers, int from, int to, VirtualTally tally) {
            this.scenario = scenario;
            this.events = events;
            this.consumers = consumers;
            this.from = from;
            this.to = to;
            this.tally = tally;
        }

        @Override
        protected VirtualTally compute() {
            long horizon = scenario.run().durationNanos();
            boolean byConsumer = independentConsumers(scenario);
            int stretches = byConsumer ? 1 : Batches.stretches();
            for (int number = from; number < to; number++) {
                int stream = scenario.events().streamOf(number);
                VirtualConsumer consumer = consumers.start(number, events.times(stream), tally);
                for (int stretch = 0; stretch < stretches; stretch++) {
                    consumer.advance(Math.round((double) horizon * (stretch + 1) / stretches));
                    tally.close(number, stretch, byConsumer);
                }
            }
            return tally;
        }
    }

    /** Whether intervals come from the differences between consumers; otherwise they come from stretches of time. */
    private static boolean independentConsumers(Scenario scenario) {
        return scenario.events().streams() == Scenario.Streams.PER_CONSUMER
                && Batches.enough(scenario.events().consumers());
    }

    private static Outcome outcome(String mode, Scenario scenario, VirtualTally tally, Slots slots, boolean intervals) {
        WireTally wire = tally.wire();
        long expected = tally.total(Count.EXPECTED);
        Outcome.Counts counts = new Outcome.Counts(
                expected / scenario.events().consumersPerStream(),
                expected,
                tally.total(Count.DELIVERED),
                tally.missedByReason(),
                tally.total(Count.DUPLICATES),
                tally.total(Count.RECONFIRMED),
                tally.total(Count.OUT_OF_ORDER),
                wire.made(),
                wire.mayBeEmpty(),
                wire.empty(),
                wire.made(Begins.PROVIDER),
                tally.total(Count.SKIPPED),
                tally.total(Count.DRAIN),
                tally.bytesToProvider(),
                tally.bytesToConsumer(),
                wire.opened(),
                wire.held(),
                slots);
        Distribution latency = tally.latencies().distribution(tally.latencySumNanos());
        Ledger ledger = ledger(counts);
        return new Outcome(
                1,
                mode,
                counts,
                latency,
                Distribution.empty(),
                Distribution.empty(),
                Distribution.empty(),
                Map.of(),
                Map.of(),
                intervals ? intervals(scenario, tally, latency) : Map.of(),
                new Prediction(Map.of(), List.of()),
                ledger,
                List.of(),
                List.of(),
                ledger.unbalanced().stream()
                        .map(account -> "the books do not balance: %s: %s against %s"
                                .formatted(account.what(), account.debit(), account.credit()))
                        .toList(),
                waited(scenario, slots));
    }

    /** What a live sender says of its line. */
    private static List<String> waited(Scenario scenario, Slots slots) {
        if (!(slots.waitSeconds() > 0)) {
            return List.of();
        }
        double seconds = scenario.run().durationNanos() / 1e9;
        return List.of(
                "webhook attempts waited %s on average for the in-flight limits (%d an endpoint, %d in all); %.3g slots were occupied on average"
                        .formatted(
                                Quantity.readable(Math.round(1e9 * slots.waitSeconds() / slots.attempts())),
                                scenario.webhooks().maxInFlightPerEndpoint(),
                                scenario.webhooks().maxInFlight(),
                                slots.seconds() / seconds));
    }

    private static Ledger ledger(Outcome.Counts counts) {
        Map<String, Long> credit = new LinkedHashMap<>();
        credit.put("delivered", counts.delivered());
        counts.missed().forEach((reason, count) -> credit.put("missed: " + reason, count));
        return new Ledger(List.of(new Ledger.Account("deliveries", Map.of("expected", counts.expected()), credit)));
    }

    private static Map<String, Estimate> intervals(Scenario scenario, VirtualTally tally, Distribution latency) {
        boolean byConsumer = independentConsumers(scenario);
        Batches batches = tally.batches();
        Map<String, Estimate> intervals = new LinkedHashMap<>();
        if (tally.wire().mayBeEmpty() > 0) {
            batches.wastedRatio(byConsumer).ifPresent(estimate -> intervals.put("wasted_ratio", estimate));
        }
        batches.requestsPerDelivery(byConsumer).ifPresent(estimate -> intervals.put("requests_per_delivery", estimate));
        batches.bytesPerDelivery(byConsumer).ifPresent(estimate -> intervals.put("bytes_per_delivery", estimate));
        batches.meanLatencyMillis(byConsumer).ifPresent(estimate -> intervals.put("latency_mean_ms", estimate));
        quantile(intervals, "latency_p50_ms", tally, latency, 0.5);
        quantile(intervals, "latency_p90_ms", tally, latency, 0.9);
        quantile(intervals, "latency_p95_ms", tally, latency, 0.95);
        quantile(intervals, "latency_p99_ms", tally, latency, 0.99);
        quantile(intervals, "latency_p999_ms", tally, latency, 0.999);
        return intervals;
    }

    private static void quantile(
            Map<String, Estimate> intervals, String column, VirtualTally tally, Distribution latency, double p) {
        Intervals.quantileMillis(latency, p, tally.designEffect(p))
                .ifPresent(estimate -> intervals.put(column, estimate));
    }
}
