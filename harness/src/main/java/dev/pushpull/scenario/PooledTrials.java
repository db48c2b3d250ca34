package dev.pushpull.scenario;

import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.Outcome.Counts;
import dev.pushpull.scenario.Outcome.LatencySecond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Several trials of each mode as one outcome. Counts are added and histograms merged; percentiles are never averaged.
 * The trials' seconds follow one another.
 */
public final class PooledTrials {
    /**
     * With this many trials or more, intervals come from the differences between trials; with fewer, each trial's own
     * intervals are combined.
     */
    public static final int ENOUGH = 5;

    private static final String TRIALS = "trials";

    /** A figure as a ratio of two sums. */
    private record Share(ToDoubleFunction<Outcome> part, ToDoubleFunction<Outcome> whole) {}

    private static final Map<String, Share> SHARES = shares();
    private static final Map<String, Double> QUANTILES = Map.of(
            "latency_p50_ms",
            0.5,
            "latency_p90_ms",
            0.9,
            "latency_p95_ms",
            0.95,
            "latency_p99_ms",
            0.99,
            "latency_p999_ms",
            0.999);

    private PooledTrials() {}

    /** One outcome for each mode, in the order of the first trial; a run with one trial is left as it is. */
    public static List<Outcome> of(List<Outcome> outcomes) {
        return of(outcomes, 0);
    }

    /** @param measuredNanos the length of a trial that does not record it, as in virtual time */
    static List<Outcome> of(List<Outcome> outcomes, long measuredNanos) {
        Map<String, List<Outcome>> byMode = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byMode.computeIfAbsent(outcome.mode(), mode -> new ArrayList<>())
                .add(outcome));
        return byMode.values().stream()
                .map(trials -> pooled(trials, measuredNanos))
                .toList();
    }

    private static Outcome pooled(List<Outcome> given, long measuredNanos) {
        if (given.size() == 1) {
            return given.get(0);
        }
        List<Outcome> trials =
                given.stream().sorted(Comparator.comparingInt(Outcome::trial)).toList();
        Outcome first = trials.get(0);
        Distribution latency = sum(trials, Outcome::latency);
        long[] offsets = offsets(trials);
        List<TimelineSecond> timeline = new ArrayList<>();
        List<LatencySecond> latencyBySecond = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            long offset = offsets[i];
            trials.get(i).timeline().forEach(second -> timeline.add(second.later(offset)));
            trials.get(i)
                    .latencyBySecond()
                    .forEach(second ->
                            latencyBySecond.add(new LatencySecond(second.second() + offset, second.latency())));
        }
        return new Outcome(
                first.trial(),
                first.mode(),
                counts(trials),
                latency,
                sum(trials, Outcome::processed),
                sum(trials, Outcome::pollLateness),
                sum(trials, Outcome::roundTrip),
                sums(trials, Outcome::cpuMillis, Double::sum),
                first.setup(),
                intervals(trials, latency),
                first.prediction(),
                ledger(trials),
                timeline,
                latencyBySecond,
                told(trials, Outcome::invalid),
                told(trials, Outcome::warnings),
                new Conditions(
                        trials.stream()
                                .mapToLong(trial -> trial.conditions().measuredNanos())
                                .map(nanos -> nanos > 0 ? nanos : measuredNanos)
                                .sum(),
                        trials.stream()
                                .map(trial -> trial.conditions().noise())
                                .reduce(NoiseVerdict::worse)
                                .orElseThrow(),
                        SteadinessVerdict.worst(trials.stream()
                                .map(trial -> trial.conditions().steadiness())
                                .toList()),
                        trials.stream()
                                .map(trial -> trial.conditions().clock())
                                .reduce(ClockBound.NONE, ClockBound::wider)),
                first.traits());
    }

    private static Counts counts(List<Outcome> trials) {
        return new Counts(
                count(trials, Counts::events),
                count(trials, Counts::expected),
                count(trials, Counts::delivered),
                sums(trials, trial -> trial.counts().missed(), Long::sum),
                count(trials, Counts::duplicates),
                count(trials, Counts::reconfirmed),
                count(trials, Counts::outOfOrder),
                count(trials, Counts::requests),
                count(trials, Counts::polls),
                count(trials, Counts::emptyPolls),
                count(trials, Counts::attempts),
                count(trials, Counts::skippedPolls),
                count(trials, Counts::drainRequests),
                count(trials, Counts::bytesToProvider),
                count(trials, Counts::bytesToConsumer),
                count(trials, Counts::connectionsOpened),
                trials.stream().map(trial -> trial.counts().held()).reduce(Held.NONE, Held::plus),
                trials.stream().map(trial -> trial.counts().slots()).reduce(Slots.NONE, Slots::plus));
    }

    private static long count(List<Outcome> trials, ToLongFunction<Counts> counted) {
        return trials.stream()
                .mapToLong(trial -> counted.applyAsLong(trial.counts()))
                .sum();
    }

    private static Distribution sum(List<Outcome> trials, Function<Outcome, Distribution> measured) {
        return Distribution.sum(trials.stream().map(measured).toList());
    }

    private static <N> Map<String, N> sums(
            List<Outcome> trials, Function<Outcome, Map<String, N>> named, BinaryOperator<N> addition) {
        Map<String, N> sums = new TreeMap<>();
        trials.forEach(trial -> named.apply(trial).forEach((name, value) -> sums.merge(name, value, addition)));
        return sums;
    }

    private static long[] offsets(List<Outcome> trials) {
        long[] offsets = new long[trials.size()];
        for (int i = 1; i < offsets.length; i++) {
            List<TimelineSecond> before = trials.get(i - 1).timeline();
            offsets[i] = offsets[i - 1]
                    + (before.isEmpty() ? 0 : before.get(before.size() - 1).second() + 1);
        }
        return offsets;
    }

    /**
     * Accounts with the same name are added; one that does not balance stays separate, so that another cannot hide it.
     */
    private static Ledger ledger(List<Outcome> trials) {
        Map<String, Account> balanced = new LinkedHashMap<>();
        List<Account> others = new ArrayList<>();
        for (Outcome trial : trials) {
            for (Account account : trial.ledger().accounts()) {
                if (account.difference() == 0) {
                    balanced.merge(account.what(), account, Account::plus);
                } else {
                    others.add(new Account(of(trial) + account.what(), account.debit(), account.credit()));
                }
            }
        }
        List<Account> accounts = new ArrayList<>(balanced.values());
        accounts.addAll(others);
        return new Ledger(accounts);
    }

    private static List<String> told(List<Outcome> trials, Function<Outcome, List<String>> sayings) {
        return trials.stream()
                .flatMap(trial -> sayings.apply(trial).stream().map(saying -> of(trial) + saying))
                .toList();
    }

    private static String of(Outcome trial) {
        return "trial " + trial.trial() + ": ";
    }

    private static Map<String, Estimate> intervals(List<Outcome> trials, Distribution latency) {
        Map<String, Estimate> intervals = new LinkedHashMap<>();
        SHARES.forEach((column, share) -> {
            double[] parts = trials.stream().mapToDouble(share.part()).toArray();
            double[] wholes = trials.stream().mapToDouble(share.whole()).toArray();
            (trials.size() >= ENOUGH
                            ? Ratios.estimate(parts, wholes, ENOUGH, TRIALS)
                            : combined(column, trials, ratio(parts, wholes), wholes))
                    .ifPresent(estimate -> intervals.put(column, estimate));
        });
        double[] delivered =
                trials.stream().mapToDouble(trial -> trial.latency().count()).toArray();
        QUANTILES.forEach((column, p) -> {
            if (latency.quantileMillis(p).isPresent()) {
                (trials.size() >= ENOUGH
                                ? quantile(trials, latency, delivered, p)
                                : combined(column, trials, latency.valueAt(p) / 1e6, delivered))
                        .ifPresent(estimate -> intervals.put(column, estimate));
            }
        });
        return intervals;
    }

    private static double ratio(double[] parts, double[] wholes) {
        double part = 0;
        double whole = 0;
        for (int i = 0; i < parts.length; i++) {
            part += parts[i];
            whole += wholes[i];
        }
        return part / whole;
    }

    /**
     * Combines the trials' own intervals, weighted as in the pooled figure: the errors of independent trials add up as
     * squares, each side separately. Empty when a trial with any weight has no interval.
     */
    private static Optional<Estimate> combined(String column, List<Outcome> trials, double value, double[] weights) {
        double sum = 0;
        double below = 0;
        double above = 0;
        for (int i = 0; i < weights.length; i++) {
            Estimate own = trials.get(i).intervals().get(column);
            if (weights[i] > 0) {
                if (own == null) {
                    return Optional.empty();
                }
                sum += weights[i];
                below += Math.pow(weights[i] * (own.value() - own.low()), 2);
                above += Math.pow(weights[i] * (own.high() - own.value()), 2);
            }
        }
        return sum == 0
                ? Optional.empty()
                : Optional.of(new Estimate(
                        value,
                        value - Math.sqrt(below) / sum,
                        value + Math.sqrt(above) / sum,
                        trials.size() + " " + TRIALS));
    }

    /**
     * Woodruff's interval: the interval, over trials, of the share of samples that do not exceed the quantile, read
     * back through the merged histogram (R. S. Woodruff, Confidence intervals for medians and other position measures,
     * 1952).
     */
    private static Optional<Estimate> quantile(
            List<Outcome> trials, Distribution latency, double[] delivered, double p) {
        long valueNanos = latency.valueAt(p);
        double[] below = trials.stream()
                .mapToDouble(trial -> trial.latency().countUpTo(valueNanos))
                .toArray();
        return Ratios.estimate(below, delivered, ENOUGH, TRIALS).flatMap(share -> {
            double half = Math.max(share.halfWidth(), 1.0 / latency.count());
            return p + half > 1
                    ? Optional.empty() // the upper end lies beyond the largest of all
                    : Optional.of(new Estimate(
                            valueNanos / 1e6,
                            latency.valueAt(Math.max(0, p - half)) / 1e6,
                            latency.valueAt(p + half) / 1e6,
                            share.method()));
        });
    }

    private static Map<String, Share> shares() {
        Map<String, Share> shares = new LinkedHashMap<>();
        shares.put(
                "wasted_ratio",
                new Share(o -> o.counts().emptyPolls(), o -> o.counts().polls()));
        shares.put(
                "requests_per_delivery",
                new Share(o -> o.counts().requests(), o -> o.counts().delivered()));
        shares.put(
                "bytes_per_delivery",
                new Share(
                        o -> o.counts().bytesToProvider() + o.counts().bytesToConsumer(),
                        o -> o.counts().delivered()));
        shares.put(
                "latency_mean_ms",
                new Share(o -> o.latency().sumNanos() / 1e6, o -> o.latency().count()));
        return shares;
    }
}
