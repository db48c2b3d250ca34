package dev.pushpull.experiment.claim;

import dev.pushpull.measure.Intervals;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Ratios;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A healthy peer measured alternately without and with bad ones, so that anything else on the machine affects both.
 *
 * @param peer the healthy one
 * @param setting what was different: a name in snake_case
 * @param share of the places in flight that the bad peers may take; NaN where there are none to share
 */
record InTurn(String peer, String setting, double share, List<Run> quiet, List<Run> beside) {
    private static final double P99 = 0.99;
    private static final int LEAST_PAIRS = 3;

    static final List<String> COLUMNS = List.of(
            "peer",
            "case",
            "share_of_places",
            "pairs",
            "expected_quiet",
            "missed_quiet",
            "latency_p50_quiet_ms",
            "latency_p99_quiet_ms",
            "expected_beside",
            "missed_beside",
            "latency_p50_beside_ms",
            "latency_p99_beside_ms",
            "latency_p99_beside_low_ms",
            "latency_p99_beside_high_ms",
            "p99_ratio",
            "p99_ratio_low",
            "p99_ratio_high");

    /** The result of one run: a latency for each event that arrived. */
    record Run(Distribution latency, long expected) {
        long missed() {
            return expected - latency.count();
        }
    }

    /** A healthy peer at work for a time, alone or beside bad ones. */
    interface Peer {
        Run observe(boolean beside, int turn) throws IOException, InterruptedException;
    }

    /** Measures this many pairs after one that only warms up, because bad peers run code that must be compiled too. */
    static InTurn observed(ClaimSetting claim, String peer, String setting, double share, int pairs, Peer healthy)
            throws IOException, InterruptedException {
        claim.listener().phase(peer + ", " + setting.replace('_', ' '));
        healthy.observe(false, 0);
        healthy.observe(true, 0);
        List<Run> quiet = new ArrayList<>();
        List<Run> beside = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            for (boolean bad : new boolean[] {pair % 2 == 0, pair % 2 != 0}) { // neither is always first
                claim.failIfInterrupted();
                (bad ? beside : quiet).add(healthy.observe(bad, 1 + 2 * pair + (bad ? 1 : 0)));
            }
        }
        return new InTurn(peer, setting, share, quiet, beside);
    }

    static long missed(List<Run> runs) {
        return runs.stream().mapToLong(Run::missed).sum();
    }

    static Distribution latency(List<Run> runs) {
        return Distribution.sum(runs.stream().map(Run::latency).toList());
    }

    static double p99(List<Run> runs) {
        return latency(runs).quantileMillis(P99).orElse(Double.NaN);
    }

    /** Over all arrivals beside bad peers; a bound that is NaN is unknown. */
    Reading p99Beside() {
        return reading(Intervals.quantileMillis(latency(beside), P99));
    }

    /** The p99 beside bad peers divided by the quiet one, with an interval from the differences between pairs. */
    Reading ratio() {
        if (quiet.stream().anyMatch(run -> run.latency().count() == 0)
                || beside.stream().anyMatch(run -> run.latency().count() == 0)) {
            return reading(Optional.empty());
        }
        return reading(Ratios.estimate(p99s(beside), p99s(quiet), LEAST_PAIRS, "pairs"));
    }

    private static double[] p99s(List<Run> runs) {
        return runs.stream().mapToDouble(run -> run.latency().valueAt(P99)).toArray();
    }

    private static Reading reading(Optional<Estimate> estimate) {
        return estimate.map(known -> new Reading(known.value(), known.low(), known.high()))
                .orElse(new Reading(Double.NaN, Double.NaN, Double.NaN));
    }

    List<Object> row() {
        return Evidence.row(
                peer,
                setting,
                share,
                quiet.size(),
                expected(quiet),
                missed(quiet),
                latency(quiet).quantileMillis(0.5).orElse(Double.NaN),
                p99(quiet),
                expected(beside),
                missed(beside),
                latency(beside).quantileMillis(0.5).orElse(Double.NaN),
                p99(beside),
                p99Beside().low(),
                p99Beside().high(),
                ratio().value(),
                ratio().low(),
                ratio().high());
    }

    private static long expected(List<Run> runs) {
        return runs.stream().mapToLong(Run::expected).sum();
    }
}
