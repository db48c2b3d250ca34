package dev.pushpull.report.compared;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureNames;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Soundness;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Two runs side by side, the second judged against the first: figure by figure for every mode that both have, and cell
 * by cell for sweeps. With many figures, some intervals would be wrong by chance alone, so they are widened
 * (Bonferroni) until all of them hold together with 95 %.
 */
public final class RunComparison {
    /** Counts that are a part of the expected deliveries. */
    private static final Set<String> SHARES = Set.of("missed", "lost", "pending");

    private static final double TAIL = 0.025;

    private final StoredRun first;
    private final StoredRun second;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<ComparedFigure> figures = new ArrayList<>();

    /**
     * The same cell in both.
     *
     * @param cell its name; empty when a run has only one
     */
    record Pair(String cell, RunRecord first, RunRecord second) {}

    private RunComparison(StoredRun first, StoredRun second) {
        this.first = first;
        this.second = second;
    }

    /** @throws dev.pushpull.scenario.InvalidInputException when either holds nothing that can be compared */
    public static RunComparison of(StoredRun first, StoredRun second) throws IOException {
        RunComparison comparison = new RunComparison(first, second);
        second.unlessHandmade(() -> {
            comparison.pair();
            comparison.judge();
        });
        return comparison;
    }

    private void pair() {
        List<RunRecord> ours = comparable(first);
        List<RunRecord> theirs = comparable(second);
        if (ours.size() == 1 && theirs.size() == 1) {
            pairs.add(new Pair("", ours.get(0), theirs.get(0)));
            return;
        }
        for (RunRecord cell : ours) {
            String name = cell(cell);
            theirs.stream()
                    .filter(other -> cell(other).equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            other -> pairs.add(new Pair(name, cell, other)),
                            () -> remarks.add(name + " is only in the first run"));
        }
        theirs.stream()
                .map(RunComparison::cell)
                .filter(name -> ours.stream().map(RunComparison::cell).noneMatch(name::equals))
                .forEach(name -> remarks.add(name + " is only in the second run"));
        if (pairs.isEmpty()) {
            throw Quantity.wrong("RUN", second.folder().toString(), "two runs with a cell in common");
        }
    }

    private static List<RunRecord> comparable(StoredRun run) {
        if (run.cells().isEmpty()) {
            throw Quantity.wrong(
                    "report",
                    run.folder().toString(),
                    "two runs of compare, simulate or sweep; this is one of "
                            + (run.command().isBlank() ? "another command" : run.command()));
        }
        return run.cells();
    }

    private static String cell(RunRecord run) {
        return "T = %s, λ = %s"
                .formatted(
                        Quantity.duration(run.scenario().polling().intervalNanos()),
                        Quantity.rate(run.scenario().events().arrivals().ratePerSecond()));
    }

    private void judge() {
        List<ComparedFigure> own = compared(1);
        long judged = own.stream()
                .map(ComparedFigure::interval)
                .flatMap(Optional::stream)
                .filter(interval -> interval.low() < interval.high())
                .count();
        figures.addAll(compared(widening(judged)));
        for (Pair pair : pairs) {
            modesOfOne(pair, pair.first(), pair.second(), "first");
            modesOfOne(pair, pair.second(), pair.first(), "second");
        }
    }

    /** By what factor intervals of 95 % each must grow to hold all together with 95 %. */
    private static double widening(long intervals) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        return normal.inverseSurvivalProbability(TAIL / Math.max(1, intervals))
                / normal.inverseSurvivalProbability(TAIL);
    }

    private void modesOfOne(Pair pair, RunRecord run, RunRecord other, String which) {
        for (Outcome outcome : run.outcomes()) {
            if (counterpart(outcome, other).isEmpty()) {
                remarks.add((pair.cell().isEmpty() ? "" : pair.cell() + ": ") + Modes.title(run, outcome)
                        + " is only in the " + which + " run");
            }
        }
    }

    static Optional<Outcome> counterpart(Outcome outcome, RunRecord other) {
        return other.outcomes().stream()
                .filter(candidate -> candidate.mode().equals(outcome.mode()) && candidate.trial() == outcome.trial())
                .findFirst();
    }

    private List<ComparedFigure> compared(double widening) {
        List<ComparedFigure> compared = new ArrayList<>();
        for (Pair pair : pairs) {
            Set<String> settings = AskedFor.settings(ScenarioDifferences.between(pair.first(), pair.second(), true));
            for (Outcome outcome : pair.first().outcomes()) {
                Optional<Outcome> counterpart = counterpart(outcome, pair.second());
                if (counterpart.isPresent()) {
                    metrics(pair).forEach(metric -> {
                        Figure ours = figure(pair.first(), outcome, metric);
                        Figure theirs = figure(pair.second(), counterpart.get(), metric);
                        if (ours.value().isPresent() || theirs.value().isPresent()) {
                            String mode = Modes.title(pair.first(), outcome);
                            AskedFor asked = AskedFor.of(
                                    settings, metric, pair.first(), outcome, pair.second(), counterpart.get());
                            compared.add(ComparedFigure.of(
                                    pair.cell(), mode, metric, label(metric), ours, theirs, asked, widening));
                        }
                    });
                }
            }
        }
        return compared;
    }

    /** Every number for which one direction is better; sums of money only when they are in one currency. */
    private static List<Metric> metrics(Pair pair) {
        boolean oneCurrency =
                pair.first().pricing().currency().equals(pair.second().pricing().currency());
        return Metrics.SUMMARY.stream()
                .filter(metric -> metric.numeric() && metric.better() != Metric.Better.NEITHER)
                .filter(metric -> oneCurrency || !MonthlySums.isMoney(metric.column()))
                .toList();
    }

    private static String label(Metric metric) {
        return FigureNames.of(metric.column())
                .map(FigureNames::label)
                .orElse(metric.column().replace('_', ' '));
    }

    /**
     * In virtual time an outage affects many deliveries at once, so an interval for independent ones would be wrong.
     */
    private static Figure figure(RunRecord run, Outcome outcome, Metric metric) {
        Figure figure = Figure.of(run, outcome, metric.column(), label(metric));
        return SHARES.contains(metric.column()) && outcome.counts().expected() > 0 && !run.simulated()
                ? figure.within(share(
                        (long) figure.value().orElseThrow(), outcome.counts().expected()))
                : figure;
    }

    /** Wilson's interval of a share, as a count; deliveries count as independent. */
    private static Estimate share(long missed, long expected) {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(TAIL);
        double share = (double) missed / expected;
        double centre = share + z * z / (2 * expected);
        double reach = z * Math.sqrt(share * (1 - share) / expected + z * z / (4.0 * expected * expected));
        double whole = 1 + z * z / expected;
        double low = missed == 0 ? 0 : expected * (centre - reach) / whole;
        return new Estimate(missed, low, expected * (centre + reach) / whole, "Wilson");
    }

    StoredRun first() {
        return first;
    }

    StoredRun second() {
        return second;
    }

    List<Pair> pairs() {
        return pairs;
    }

    List<ComparedFigure> figures() {
        return figures;
    }

    /** Modes or cells that only one of them has. */
    List<String> remarks() {
        return remarks;
    }

    /** Differences between their inputs. */
    List<ScenarioDifferences.Difference> differences() {
        return ScenarioDifferences.between(pairs.get(0).first(), pairs.get(0).second(), pairs.size() == 1);
    }

    /** What is worse in the second run, for instance {@code webhook.latency_p99_ms}. */
    public List<String> regressions() {
        return figures.stream()
                .filter(figure -> figure.judgement() == ComparedFigure.Judgement.WORSE)
                .map(figure -> figure.mode() + "." + figure.metric().column()
                        + (figure.cell().isEmpty() ? "" : " (" + figure.cell() + ")"))
                .toList();
    }

    /** Why either cannot be relied on; empty when both can. */
    public List<String> invalid() {
        List<String> reasons = new ArrayList<>();
        for (Pair pair : pairs) {
            Soundness.reasons(pair.first()).forEach(reason -> reasons.add("first run: " + reason));
            Soundness.reasons(pair.second()).forEach(reason -> reasons.add("second run: " + reason));
        }
        return reasons.stream().distinct().toList();
    }

    /** {@code 2 better, 1 worse, 11 no difference, 9 no interval}. */
    public String count() {
        return Arrays.stream(ComparedFigure.Judgement.values())
                .map(judgement -> {
                    long number = figures.stream()
                            .filter(ComparedFigure::isWorthALine)
                            .filter(figure -> figure.judgement() == judgement)
                            .count();
                    return number == 0 ? "" : Decimals.count(number) + " " + judgement.words();
                })
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
