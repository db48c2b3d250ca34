package dev.pushpull.experiment.run;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.measure.ExchangeCounts;
import dev.pushpull.measure.Intervals;
import dev.pushpull.measure.Recording;
import dev.pushpull.measure.Steadiness;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.Conditions;
import dev.pushpull.scenario.Counted;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.NoiseVerdict;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SteadinessVerdict;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Balances the books of a trial that has ended, and makes its outcome. */
public final class Audit {
    /** If a larger share of events or polls is late, the harness could not keep pace. */
    private static final double MOST_LATE = 0.01;

    /** The last bytes may be counted a moment after the other side has seen them. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** For the last frames of a connection on a busy machine. */
    private static final long SETTLE_A_HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Trial trial;
    private final Scenario scenario;
    private final Noise noise;
    private final Map<String, Double> cpuMillis;
    private final long measuredNanos;
    private final long settleNanos;

    /**
     * @param scenario with the legs of this trial's mode
     * @param noise what else the machine did meanwhile
     */
    public Audit(Trial trial, Scenario scenario, Noise noise, Map<String, Double> cpuMillis, long measuredNanos) {
        this(trial, scenario, noise, cpuMillis, measuredNanos, SETTLE_NANOS);
    }

    /** @param settleNanos how long to wait for the books to balance */
    Audit(
            Trial trial,
            Scenario scenario,
            Noise noise,
            Map<String, Double> cpuMillis,
            long measuredNanos,
            long settleNanos) {
        this.trial = trial;
        this.scenario = scenario;
        this.noise = noise;
        this.cpuMillis = cpuMillis;
        this.measuredNanos = measuredNanos;
        this.settleNanos = settleNanos;
    }

    public Outcome outcome() throws InterruptedException {
        return outcome(List.of());
    }

    /** @param beforehand what a reader should know that was known before the trial */
    Outcome outcome(List<String> beforehand) throws InterruptedException {
        TrialBooks books = trial.books();
        Map<String, Long> missed = missed(books);
        Ledger ledger = ledger(books, missed);
        long heldNanos =
                SETTLE_A_HELD_NANOS * trial.mode().live().demand(scenario).held();
        long giveUp = System.nanoTime() + settleNanos + scenario.wire().rttNanos() + heldNanos;
        long lookNanos = 0;
        while (!ledger.unbalanced().isEmpty() && System.nanoTime() < giveUp) {
            TimeUnit.NANOSECONDS.sleep(Math.max(LOOK_EVERY_NANOS, lookNanos)); // looks take time from what is looked at
            long lookedNanos = System.nanoTime();
            books = trial.books();
            missed = missed(books);
            ledger = ledger(books, missed);
            lookNanos = System.nanoTime() - lookedNanos;
        }
        Recording record = books.record();
        ProviderBooks provider = books.provider();
        ConsumerBooks consumers = books.consumers();
        ExchangeCounts exchanges = record.exchanges();
        boolean pushes = exchanges.measured(Begins.PROVIDER) > 0;
        Outcome.Counts counts = new Outcome.Counts(
                books.occurred(),
                expected(books),
                record.delivered(),
                missed,
                record.duplicates(),
                record.reconfirmed(),
                record.outOfOrder(),
                exchanges.measured(),
                exchanges.mayBeEmpty(),
                exchanges.empty(),
                exchanges.measured(Begins.PROVIDER),
                record.skippedPolls(),
                exchanges.closing(),
                record.timeline().stream()
                        .mapToLong(second -> second.bytesToProvider())
                        .sum(),
                record.timeline().stream()
                        .mapToLong(second -> second.bytesToConsumer())
                        .sum(),
                consumers.asked().connections() + provider.sent().connections(),
                exchanges.held(),
                exchanges.slots(provider.mostInFlight()));
        String mode = trial.mode().name();
        Map<String, Double> cpuByRole = new LinkedHashMap<>();
        for (String role : List.of(RoleThreads.PROVIDER, RoleThreads.CONSUMER)) {
            cpuByRole.put(role, cpuMillis.getOrDefault(mode + ":" + role, 0.0));
        }
        cpuByRole.merge(RoleThreads.PROVIDER, books.lentCpuMillis(), Double::sum);
        NoiseVerdict pauses = NoiseVerdict.of(noise.hiccups(), record.latency());
        SteadinessVerdict steadiness =
                Steadiness.of(record.course(), measuredNanos, rhythmNanos()).beside(noise.floorSteadiness());
        List<String> warnings = new ArrayList<>(beforehand);
        warnings.addAll(warnings(books, pauses, steadiness));
        return new Outcome(
                1,
                mode,
                counts,
                record.latency(),
                pushes ? record.processed() : Distribution.empty(),
                record.pollLateness(),
                record.roundTrip(),
                cpuByRole,
                new TreeMap<>(consumers.setup()),
                intervals(record),
                trial.mode().predict(scenario).orElse(new Prediction(Map.of(), List.of())),
                ledger,
                record.timeline(),
                record.latencyBySecond(),
                invalid(record, ledger),
                warnings,
                new Conditions(measuredNanos, pauses, steadiness),
                trial.mode().traits());
    }

    private long expected(TrialBooks books) {
        return books.occurred() * scenario.events().consumersPerStream();
    }

    private Map<String, Long> missed(TrialBooks books) {
        return MissedReasons.of(books, scenario, trial.mode().traits());
    }

    private Ledger ledger(TrialBooks books, Map<String, Long> missed) {
        return TrialLedger.of(books, scenario, expected(books), missed);
    }

    private Map<String, Estimate> intervals(Recording record) {
        boolean independent = scenario.events().streams() == Scenario.Streams.PER_CONSUMER;
        Map<String, Estimate> intervals = new LinkedHashMap<>();
        ExchangeCounts exchanges = record.exchanges();
        boolean binomial = independent
                && trial.mode().traits().has(Trait.INDEPENDENT_POLLS)
                && scenario.events().arrivals() instanceof PoissonArrivals;
        long polls = exchanges.mayBeEmpty();
        if (polls > 0) {
            Optional<Estimate> wasted = binomial
                    ? Intervals.wilson(exchanges.empty(), polls)
                    : record.batches().wastedRatio(independent);
            wasted.ifPresent(estimate -> intervals.put("wasted_ratio", estimate));
        }
        record.batches()
                .requestsPerDelivery(independent)
                .ifPresent(estimate -> intervals.put("requests_per_delivery", estimate));
        record.batches()
                .bytesPerDelivery(independent)
                .ifPresent(estimate -> intervals.put("bytes_per_delivery", estimate));
        Optional<Estimate> mean = record.batches().meanLatencyMillis(independent);
        boolean evenInTime = ofTheMachine() && scenario.faults().outages().isEmpty(); // else stretches differ by design
        (evenInTime ? Estimate.wider(mean, record.batches().meanLatencyMillis(false)) : mean)
                .ifPresent(estimate -> intervals.put("latency_mean_ms", estimate));
        quantile(intervals, record, "latency_p50_ms", 0.5);
        quantile(intervals, record, "latency_p90_ms", 0.9);
        quantile(intervals, record, "latency_p95_ms", 0.95);
        quantile(intervals, record, "latency_p99_ms", 0.99);
        quantile(intervals, record, "latency_p999_ms", 0.999);
        return intervals;
    }

    private void quantile(Map<String, Estimate> intervals, Recording record, String column, double p) {
        double designEffect = ofTheMachine() ? record.course().designEffect(p, this::outageBetween) : 1;
        Intervals.quantileMillis(record.latency(), p, designEffect)
                .ifPresent(estimate -> intervals.put(column, estimate));
    }

    /** Of all consumers at once; where each goes down by itself, that is no stretch of time. */
    private boolean outageBetween(long fromNanos, long untilNanos) {
        return Outage.downTimes(scenario.faults().withMeanUpNanos(0), new Seeds(0), 0)
                        .startNanos(fromNanos)
                < untilNanos;
    }

    /**
     * Whether latencies are the machine's, which is one for all consumers, and busy for a while at a time: then those of
     * one moment depend on each other. Waits for a clock do not.
     */
    private boolean ofTheMachine() {
        return !trial.mode().traits().has(Trait.CLOCKED);
    }

    private List<String> invalid(Recording record, Ledger ledger) {
        List<String> reasons = new ArrayList<>();
        for (Account account : ledger.unbalanced()) {
            reasons.add("the books do not balance: %s: %s against %s"
                    .formatted(account.what(), account.debit(), account.credit()));
        }
        if (record.negativeLatencies() > 0) {
            reasons.add(Counted.of(record.negativeLatencies(), "delivery", "deliveries") + " arrived before "
                    + (record.negativeLatencies() == 1 ? "its" : "their") + " event");
        }
        if (record.malformed() > 0) {
            reasons.add(Counted.of(record.malformed(), "answer") + " could not be read");
        }
        if (record.skippedPolls() > 0) {
            reasons.add("the harness could not keep pace: %s skipped because the one before was still out"
                    .formatted(Counted.of(record.skippedPolls(), "poll")));
        }
        late(record, true)
                .forEach((what, share) -> reasons.add("the harness could not keep pace: " + sentence(what, share)));
        return reasons;
    }

    /** The period of the clock that a mode's events wait for. */
    private long rhythmNanos() {
        return trial.mode().traits().has(Trait.CLOCKED)
                ? trial.mode().live().waits(scenario).leastIntervalNanos()
                : 0;
    }

    private List<String> warnings(TrialBooks books, NoiseVerdict pauses, SteadinessVerdict steadiness) {
        Recording record = books.record();
        List<String> warnings = new ArrayList<>(books.failures());
        if (pauses.level() == NoiseVerdict.Level.UNUSABLE) {
            warnings.add("the machine was too noisy for %s: its own pauses are more than half of them"
                    .formatted(String.join(", ", pauses.untrusted())));
        }
        Scenario.Faults faults = scenario.faults();
        boolean atTimes =
                !faults.outages().isEmpty() || faults.meanUpNanos() > 0; // then nothing else is to be expected
        if (steadiness.changed() && !atTimes) {
            warnings.add("latencies changed while they were measured: " + steadiness.change(noise.floorSteadiness()));
        }
        late(record, false).forEach((what, share) -> warnings.add(sentence(what, share)));
        warnings.addAll(books.provider().warnings());
        warnings.addAll(books.consumers().warnings());
        return warnings;
    }

    /** Shares of events and polls later than T/10: those above the bound, or those below it. */
    private Map<String, Double> late(Recording record, boolean tooMany) {
        Map<String, Double> late = new LinkedHashMap<>();
        late.put("events", noise.eventLateness().shareAbove(lateBoundNanos("events")));
        late.put("polls", record.pollLateness().shareAbove(lateBoundNanos("polls")));
        late.values().removeIf(share -> share == 0 || share > MOST_LATE != tooMany);
        return late;
    }

    private String sentence(String what, double share) {
        return "%.2f %% of %s were later than T/10 = %s"
                .formatted(100 * share, what, Quantity.readable(lateBoundNanos(what)));
    }

    /** A tenth of T; for a mode's polls, a tenth of the interval at which they are made. */
    private long lateBoundNanos(String what) {
        long intervalNanos = what.equals("polls")
                ? trial.mode().live().waits(scenario).leastIntervalNanos()
                : scenario.polling().intervalNanos();
        return intervalNanos / 10;
    }
}
