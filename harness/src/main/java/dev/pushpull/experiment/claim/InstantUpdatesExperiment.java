package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;

import dev.pushpull.experiment.claim.LoadSweep.Cell;
import dev.pushpull.measure.Intervals;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.theory.Queues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * Whether webhooks arrive "the moment the event occurs": on a quiet path, to a receiver that takes time to answer, in
 * bursts, and beside a slow receiver that shares the sender.
 */
final class InstantUpdatesExperiment implements ClaimExperiment {
    /** A delay that people take for instantaneous (Nielsen, Usability Engineering, 1993): a tenth of a second. */
    private static final double INSTANT_MILLIS = 100;

    private static final int ANSWER_MILLIS = 10;
    private static final List<Double> UTILISATIONS = List.of(0.3, 0.6, 0.8, 1.2);
    private static final List<Double> FEW_UTILISATIONS = List.of(0.3, 1.2);
    private static final double BURSTY_UTILISATION = 0.6;

    private static final int NEIGHBOURS = 7;
    private static final int SLOW_ANSWER_MILLIS = 400;
    private static final double NEIGHBOURS_RATE_PER_SECOND = 10;

    private static final List<String> COLUMNS = List.of(
            "case",
            "arrivals",
            "rate_per_s",
            "in_flight",
            "in_flight_per_endpoint",
            "utilisation",
            "events",
            "reached",
            "latency_mean_ms",
            "latency_mean_predicted_ms",
            "latency_p50_ms",
            "latency_p90_ms",
            "latency_p90_low_ms",
            "latency_p90_high_ms");

    /** In-flight limits: in total, and for one endpoint. */
    private record Limits(int all, int perEndpoint) {}

    private static final List<Limits> LIMITS = List.of(new Limits(4, 4), new Limits(4, 1), new Limits(64, 8));

    @Override
    public Claim claim() {
        return Claim.INSTANT_UPDATES;
    }

    /** Latency to a receiver that is busy for this share of the time; NaN where there were too few. */
    record Busy(double utilisation, double p90LowMillis, double p90HighMillis) {}

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        List<List<Object>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Busy> busy = new ArrayList<>();
        EvidenceTable sweep = setting.loadSweep().evidence();
        Optional<Cell> quiet = setting.loadSweep().byLoad().stream().findFirst();
        quiet.ifPresent(cell -> {
            for (String column : List.of("latency_p50_ms", "latency_p90_ms")) {
                figures.add(Figure.of(
                                column.replace("_ms", "") + EffortExperiment.at(cell),
                                "ms",
                                Reading.of(cell.polling(), column).value(),
                                Reading.of(cell.webhook(), column).value(),
                                sweep.cited("load_factor", column))
                        .predicted(Reading.predicted(cell.polling(), column), Double.NaN));
            }
        });
        for (double utilisation : setting.quick() ? FEW_UTILISATIONS : UTILISATIONS) {
            busy.add(behindSlow(setting, rows, new PoissonArrivals(rate(utilisation)), utilisation));
        }
        behindSlow(setting, rows, BurstyArrivals.ofMeanRate(rate(BURSTY_UTILISATION)), BURSTY_UTILISATION);
        for (Limits limits : setting.quick() ? LIMITS.subList(0, 2) : LIMITS) {
            besideSlow(setting, rows, limits);
        }
        EvidenceTable evidence = new EvidenceTable("instant-updates", COLUMNS, rows);
        rows.forEach(row -> figures.add(Figure.of(
                        "latency_p90_" + row.get(0),
                        "ms",
                        Double.NaN,
                        row.get(11) instanceof Double p90 ? p90 : Double.NaN,
                        evidence.cited("case", "latency_p90_ms"))
                .predicted(Double.NaN, Double.NaN)));
        rows.stream()
                .filter(row -> row.get(9) instanceof Double)
                .forEach(row -> figures.add(Figure.of(
                                "latency_mean_" + row.get(0),
                                "ms",
                                Double.NaN,
                                row.get(8) instanceof Double mean ? mean : Double.NaN,
                                evidence.cited("case", "latency_mean_ms"))
                        .predicted(Double.NaN, (Double) row.get(9))));
        Verdict verdict = verdict(busy);
        return new ClaimFinding(
                Claim.INSTANT_UPDATES,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? bound(busy) : "",
                said(rows, quiet),
                figures,
                List.of(sweep, evidence));
    }

    private static double rate(double utilisation) {
        return utilisation * 1000 / ANSWER_MILLIS;
    }

    /** One receiver that handles one webhook after another. */
    private static Busy behindSlow(
            ClaimSetting setting, List<List<Object>> rows, ArrivalProcess arrivals, double utilisation)
            throws IOException, InterruptedException {
        String name = String.format(Locale.ROOT, "receiver_busy_%.0f_percent_%s", 100 * utilisation, arrivals.kind());
        setting.listener().phase(name.replace('_', ' '));
        setting.failIfInterrupted();
        Limits limits = new Limits(64, 1);
        WebhookRig.Result result;
        try (WebhookRig rig = rig(setting, rows, arrivals, 1, limits, receiver -> ANSWER_MILLIS * MILLISECOND)) {
            result = rig.observe((setting.quick() ? 2 : 8) * SECOND, 0);
        }
        double answerSeconds = result.answers().meanMillis().orElse(Double.NaN) / 1e3;
        double load = arrivals.ratePerSecond() * answerSeconds;
        double predicted = arrivals instanceof PoissonArrivals && load < 1
                ? 1e3
                        * Queues.meanWait(
                                arrivals.ratePerSecond(), answerSeconds, meanSquare(result.answers(), answerSeconds))
                : Double.NaN;
        rows.add(row(name, arrivals, limits, load, result, predicted));
        Optional<Estimate> p90 = Intervals.quantileMillis(result.latency(), 0.9);
        return new Busy(
                load,
                p90.map(Estimate::low).orElse(Double.NaN),
                p90.map(Estimate::high).orElse(Double.NaN));
    }

    /** Measures quick receivers that share their sender with a slow one. */
    private static void besideSlow(ClaimSetting setting, List<List<Object>> rows, Limits limits)
            throws IOException, InterruptedException {
        String name = "beside_a_slow_one_in_flight_%d_each_%d".formatted(limits.all(), limits.perEndpoint());
        setting.listener().phase(name.replace('_', ' '));
        setting.failIfInterrupted();
        ArrivalProcess arrivals = new PoissonArrivals(NEIGHBOURS_RATE_PER_SECOND);
        IntToLongFunction answers = receiver -> receiver == NEIGHBOURS ? SLOW_ANSWER_MILLIS * MILLISECOND : 0;
        try (WebhookRig rig = rig(setting, rows, arrivals, NEIGHBOURS, limits, answers)) {
            rig.sendAlso(rig.address(NEIGHBOURS), arrivals);
            WebhookRig.Result quick = rig.observe((setting.quick() ? 2 : 6) * SECOND, 0);
            rows.add(row(name, arrivals, limits, Double.NaN, quick, Double.NaN));
        }
    }

    /** @param answers how long each receiver takes to answer, in nanoseconds */
    private static WebhookRig rig(
            ClaimSetting setting,
            List<List<Object>> rows,
            ArrivalProcess arrivals,
            int receivers,
            Limits limits,
            IntToLongFunction answers)
            throws IOException {
        return new WebhookRig(new WebhookRig.Setup(
                arrivals,
                receivers,
                limited(limits),
                inbox -> TroubledInbox.answeringLate(inbox, answers),
                0,
                setting.seed(100 + rows.size()) - 1)); // the first period of a rig uses the next seed
    }

    private static double meanSquare(Distribution answers, double meanSeconds) {
        double deviationSeconds = answers.histogram().getStdDeviation() / 1e9;
        return meanSeconds * meanSeconds + deviationSeconds * deviationSeconds;
    }

    private static Scenario.Webhooks limited(Limits limits) {
        Scenario.Webhooks usual =
                ClaimScenario.of(1, SECOND, 1, SECOND, 1, ClaimScenario.WEBHOOK).webhooks();
        return new Scenario.Webhooks(
                usual.scheme(),
                usual.retries(),
                limits.all(),
                limits.perEndpoint(),
                usual.connectTimeoutNanos(),
                usual.responseTimeoutNanos(),
                usual.processingQueue());
    }

    private static List<Object> row(
            String name,
            ArrivalProcess arrivals,
            Limits limits,
            double utilisation,
            WebhookRig.Result result,
            double predictedMeanMillis) {
        Distribution latency = result.latency();
        Optional<Estimate> p90 = Intervals.quantileMillis(latency, 0.9);
        return Evidence.row(
                name,
                arrivals.kind(),
                arrivals.ratePerSecond(),
                limits.all(),
                limits.perEndpoint(),
                utilisation,
                result.events(),
                latency.count(),
                latency.meanMillis().orElse(Double.NaN),
                predictedMeanMillis,
                latency.quantileMillis(0.5).orElse(Double.NaN),
                latency.quantileMillis(0.9).orElse(Double.NaN),
                p90.map(Estimate::low).orElse(Double.NaN),
                p90.map(Estimate::high).orElse(Double.NaN));
    }

    /**
     * HOLDS when nine in ten webhooks surely arrive within a tenth of a second however busy the receiver is; HOLDS_WHEN
     * they do up to some utilisation and surely do not beyond it; FAILS when they surely do not even at the lowest;
     * otherwise INCONCLUSIVE.
     *
     * @param busy by utilisation, lowest first
     */
    static Verdict verdict(List<Busy> busy) {
        if (busy.stream().allMatch(InstantUpdatesExperiment::instant)) {
            return Verdict.HOLDS;
        }
        if (late(busy.get(0))) {
            return Verdict.FAILS;
        }
        return instant(busy.get(0)) && busy.stream().anyMatch(InstantUpdatesExperiment::late)
                ? Verdict.HOLDS_WHEN
                : Verdict.INCONCLUSIVE;
    }

    private static boolean instant(Busy busy) {
        return busy.p90HighMillis() < INSTANT_MILLIS;
    }

    private static boolean late(Busy busy) {
        return busy.p90LowMillis() > INSTANT_MILLIS;
    }

    /** The lowest utilisation at which they are surely late. */
    static String bound(List<Busy> busy) {
        double least = busy.stream()
                .filter(InstantUpdatesExperiment::late)
                .mapToDouble(Busy::utilisation)
                .min()
                .orElseThrow();
        return String.format(
                Locale.ROOT, "Poisson events, rate x answer time < %.2f x attempts allowed in flight", least);
    }

    private static String said(List<List<Object>> rows, Optional<Cell> quiet) {
        String start = quiet.map(cell -> String.format(
                        Locale.ROOT,
                        "half of the webhooks arrive within %.2f ms on a quiet path",
                        Reading.of(cell.webhook(), "latency_p50_ms").value()))
                .orElse("no quiet path that can be relied on");
        StringBuilder text = new StringBuilder(start);
        for (List<Object> row : rows) {
            text.append("; ")
                    .append(ClaimFinding.words(row.get(0).toString()))
                    .append(": p90 ")
                    .append(row.get(11) instanceof Double p90 ? late(p90) : "has too few samples");
        }
        return text.toString();
    }

    private static String late(double millis) {
        return millis < 1_000
                ? String.format(Locale.ROOT, "%.3g ms", millis)
                : String.format(Locale.ROOT, "%.3g s", millis / 1_000);
    }
}
