package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.store.Inbox;
import dev.pushpull.theory.Queues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Compares heavy work inside the request with saving and answering first, as the rate of events rises. */
final class TimeoutsExperiment implements ClaimExperiment {
    private static final long WORK_NANOS = 20 * MILLISECOND;
    private static final long PATIENCE_NANOS = 250 * MILLISECOND;
    private static final RetrySchedule RETRIES =
            new RetrySchedule(List.of(0L, 100 * MILLISECOND, 200 * MILLISECOND, 400 * MILLISECOND), 0);
    private static final List<Double> UTILISATIONS = List.of(0.3, 0.6, 0.8, 1.2, 2.0);
    private static final List<Double> FEW_UTILISATIONS = List.of(0.3, 2.0);
    private static final double MANY = 0.01;

    private static final List<String> COLUMNS = List.of(
            "work",
            "utilisation",
            "rate_per_s",
            "events",
            "attempts",
            "timeouts",
            "duplicates",
            "processed",
            "answer_mean_ms",
            "answer_mean_predicted_ms",
            "answer_p90_ms");

    /**
     * One rate, both ways.
     *
     * @param inside share of attempts without an answer in time, when the work is done inside the request
     * @param after the same share when the work is done afterwards
     */
    record Point(double utilisation, double inside, double after) {}

    @Override
    public Claim claim() {
        return Claim.TIMEOUTS;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        List<List<Object>> rows = new ArrayList<>();
        List<Point> points = new ArrayList<>();
        for (double utilisation : setting.quick() ? FEW_UTILISATIONS : UTILISATIONS) {
            double inside = tried(
                    setting, rows, "inside", utilisation, inbox -> TroubledInbox.workingFirst(inbox, WORK_NANOS), 0);
            double after = tried(setting, rows, "after", utilisation, UnaryOperator.identity(), WORK_NANOS);
            points.add(new Point(utilisation, inside, after));
        }
        EvidenceTable evidence = new EvidenceTable("timeouts", COLUMNS, rows);
        List<Figure> figures = new ArrayList<>();
        for (List<Object> row : rows) {
            String where = String.format(Locale.ROOT, "_work_%s_%.1f", row.get(0), (Double) row.get(1));
            figures.add(Figure.of(
                    "timeouts" + where,
                    "of attempts",
                    Double.NaN,
                    share((Long) row.get(5), (Long) row.get(4)),
                    evidence.cited("work", "utilisation", "attempts", "timeouts")));
            figures.add(Figure.of(
                            "answer_mean" + where,
                            "ms",
                            Double.NaN,
                            number(row.get(8)),
                            evidence.cited("work", "utilisation", "answer_mean_ms"))
                    .predicted(Double.NaN, number(row.get(9))));
        }
        Verdict verdict = verdict(points);
        Point last = points.get(points.size() - 1);
        List<Object> stormy = rows.get(rows.size() - 2);
        String reason = String.format(
                Locale.ROOT,
                "with %d ms of work inside the request and %.1f times the events it can handle, %.0f %% of the attempts time out"
                        + " after %d ms and every event is sent %.1f times; if it saves first, %.1f %% time out",
                WORK_NANOS / MILLISECOND,
                last.utilisation(),
                100 * last.inside(),
                PATIENCE_NANOS / MILLISECOND,
                share((Long) stormy.get(4), (Long) stormy.get(3)),
                100 * last.after());
        return new ClaimFinding(
                Claim.TIMEOUTS,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? bound(points) : "",
                reason,
                figures,
                List.of(evidence));
    }

    /** @return the share of attempts without an answer in time */
    private static double tried(
            ClaimSetting setting,
            List<List<Object>> rows,
            String work,
            double utilisation,
            UnaryOperator<Inbox> trouble,
            long processingNanos)
            throws IOException, InterruptedException {
        setting.listener()
                .phase(String.format(Locale.ROOT, "work %s the request, utilisation %.1f", work, utilisation));
        setting.failIfInterrupted();
        double rate = utilisation * 1e9 / WORK_NANOS;
        WebhookRig.Setup setup = new WebhookRig.Setup(
                new PoissonArrivals(rate),
                1,
                ClaimScenario.webhooks(RETRIES, 256, 256, PATIENCE_NANOS),
                trouble,
                processingNanos,
                setting.seed(600 + rows.size()));
        WebhookRig.Result result;
        try (WebhookRig rig = new WebhookRig(setup)) {
            result = rig.observe((setting.quick() ? 2 : 5) * SECOND, SECOND);
        }
        double predicted = work.equals("inside") && utilisation < 1
                ? 1e3
                        * (WORK_NANOS / 1e9
                                + Queues.meanWait(rate, WORK_NANOS / 1e9, WORK_NANOS / 1e9 * WORK_NANOS / 1e9))
                : Double.NaN;
        rows.add(Evidence.row(
                work,
                utilisation,
                rate,
                result.events(),
                result.attempts(),
                result.timeouts(),
                result.duplicates(),
                result.effects(),
                result.answers().meanMillis().orElse(Double.NaN),
                predicted,
                result.answers().quantileMillis(0.9).orElse(Double.NaN)));
        return share(result.timeouts(), result.attempts());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    private static double number(Object cell) {
        return cell instanceof Double value ? value : Double.NaN;
    }

    /**
     * HOLDS when work inside the request makes senders time out at every rate and saving first at none; HOLDS_WHEN it
     * does from some rate on; FAILS when it does at no rate, or saving first does not help; INCONCLUSIVE without
     * attempts.
     */
    static Verdict verdict(List<Point> points) {
        if (points.stream().anyMatch(point -> Double.isNaN(point.inside()) || Double.isNaN(point.after()))) {
            return Verdict.INCONCLUSIVE;
        }
        boolean helps = points.stream().noneMatch(point -> point.after() > MANY);
        long tipped = points.stream().filter(point -> point.inside() > MANY).count();
        if (tipped == 0 || !helps) {
            return Verdict.FAILS;
        }
        return tipped == points.size() ? Verdict.HOLDS : Verdict.HOLDS_WHEN;
    }

    /** The lowest rate at which it fails, as a share of what the receiver can do. */
    static String bound(List<Point> points) {
        double least = points.stream()
                .filter(point -> point.inside() > MANY)
                .mapToDouble(Point::utilisation)
                .min()
                .orElseThrow();
        return String.format(Locale.ROOT, "rate x work >= %.1f", least);
    }
}
