package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.POLLING;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.WEBHOOK;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The cost of each further consumer, when almost nothing happens and when an event occurs in each interval. */
final class ScalabilityExperiment implements ClaimExperiment {
    private static final long INTERVAL_NANOS = SECOND;
    private static final List<Integer> CONSUMERS = List.of(1, 10, 100, 1000);
    private static final List<Integer> FEW_CONSUMERS = List.of(10, 300);

    private static final List<String> COLUMNS = List.of(
            "load",
            "consumers",
            "mode",
            "events_per_s",
            "requests_per_s",
            "provider_cpu_ms_per_s",
            "consumer_cpu_ms_per_s",
            "connections",
            "invalid");

    /** How busy the streams are. */
    private enum Load {
        IDLE(1.0 / 3600),
        BUSY(1);

        private final double ratePerSecond;

        Load(double ratePerSecond) {
            this.ratePerSecond = ratePerSecond;
        }
    }

    /**
     * One number of consumers under one load.
     *
     * @param seconds the measured time
     */
    record Point(int consumers, double seconds, Outcome polling, Outcome webhook) {
        boolean sound() {
            return polling.valid() && webhook.valid();
        }
    }

    /** What each further consumer adds, each second. */
    record Slopes(
            double polledRequests, double pushedRequests, double polledCpuMillis, double pushedCpuMillis, int points) {}

    @Override
    public Claim claim() {
        return Claim.SCALABILITY;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        List<List<Object>> rows = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Slopes> slopes = new ArrayList<>();
        for (Load load : Load.values()) {
            List<Point> points = measured(setting, load, rows);
            slopes.add(slopes(points));
            figures.addAll(figures(load, points, new EvidenceTable("scalability", COLUMNS, rows)));
        }
        Slopes idle = slopes.get(0);
        Slopes busy = slopes.get(1);
        Verdict verdict = verdict(idle, busy);
        String reason = String.format(
                Locale.ROOT,
                "each idle consumer costs %.3f requests and %.3f ms of CPU a second by polling, %.4f and %.4f by webhook;"
                        + " with an event in each interval %.2f and %.3f by polling, %.2f and %.3f by webhook",
                idle.polledRequests(),
                idle.polledCpuMillis(),
                idle.pushedRequests(),
                idle.pushedCpuMillis(),
                busy.polledRequests(),
                busy.polledCpuMillis(),
                busy.pushedRequests(),
                busy.pushedCpuMillis());
        return new ClaimFinding(
                Claim.SCALABILITY,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? "lambda*T < 1" : "",
                reason,
                figures,
                List.of(new EvidenceTable("scalability", COLUMNS, rows)));
    }

    private static List<Point> measured(ClaimSetting setting, Load load, List<List<Object>> rows)
            throws IOException, InterruptedException {
        long durationNanos = (setting.quick() ? 2 : 5) * SECOND;
        List<Point> points = new ArrayList<>();
        for (int consumers : setting.quick() ? FEW_CONSUMERS : CONSUMERS) {
            Scenario scenario = ClaimScenario.of(
                    load.ratePerSecond,
                    INTERVAL_NANOS,
                    consumers,
                    durationNanos,
                    setting.seed(200 + rows.size()),
                    POLLING,
                    WEBHOOK);
            Map<String, Outcome> outcomes = setting.compare(scenario);
            Point point = new Point(consumers, durationNanos / 1e9, outcomes.get(POLLING), outcomes.get(WEBHOOK));
            rows.add(row(load, point, point.polling()));
            rows.add(row(load, point, point.webhook()));
            if (point.sound()) {
                points.add(point);
            }
        }
        return points;
    }

    private static List<Object> row(Load load, Point point, Outcome outcome) {
        return Evidence.row(
                load.name().toLowerCase(Locale.ROOT),
                point.consumers(),
                outcome.mode(),
                outcome.counts().events() / point.seconds(),
                outcome.counts().requests() / point.seconds(),
                outcome.cpuMillis().get("provider") / point.seconds(),
                outcome.cpuMillis().get("consumer") / point.seconds(),
                outcome.counts().connectionsOpened(),
                String.join("; ", outcome.invalid()));
    }

    private static List<Figure> figures(Load load, List<Point> points, EvidenceTable evidence) {
        String which = "_" + load.name().toLowerCase(Locale.ROOT);
        double perSecond = 1e9 / INTERVAL_NANOS;
        return List.of(
                slope(
                                points,
                                "requests_per_s" + which,
                                "/s",
                                evidence.cited("consumers", "requests_per_s"),
                                outcome -> outcome.counts().requests())
                        .predicted(perSecond, load.ratePerSecond),
                slope(
                        points,
                        "provider_cpu" + which,
                        "ms/s per consumer",
                        evidence.cited("consumers", "provider_cpu_ms_per_s"),
                        outcome -> outcome.cpuMillis().get("provider")),
                slope(
                        points,
                        "consumer_cpu" + which,
                        "ms/s per consumer",
                        evidence.cited("consumers", "consumer_cpu_ms_per_s"),
                        outcome -> outcome.cpuMillis().get("consumer")),
                total(points, "connections" + which, "per consumer", evidence.cited("consumers", "connections")));
    }

    private static Figure slope(
            List<Point> points, String metric, String unit, String evidence, ToDoubleFunction<Outcome> total) {
        return Figure.of(
                metric,
                unit,
                slope(points, point -> total.applyAsDouble(point.polling()) / point.seconds()),
                slope(points, point -> total.applyAsDouble(point.webhook()) / point.seconds()),
                evidence);
    }

    private static Figure total(List<Point> points, String metric, String unit, String evidence) {
        return Figure.of(
                metric,
                unit,
                slope(points, point -> point.polling().counts().connectionsOpened()),
                slope(points, point -> point.webhook().counts().connectionsOpened()),
                evidence);
    }

    private static Slopes slopes(List<Point> points) {
        return new Slopes(
                slope(points, point -> point.polling().counts().requests() / point.seconds()),
                slope(points, point -> point.webhook().counts().requests() / point.seconds()),
                slope(points, point -> cpuMillis(point.polling()) / point.seconds()),
                slope(points, point -> cpuMillis(point.webhook()) / point.seconds()),
                points.size());
    }

    private static double cpuMillis(Outcome outcome) {
        return outcome.cpuMillis().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** The least-squares slope of a figure over the number of consumers; NaN with fewer than two points. */
    static double slope(List<Point> points, ToDoubleFunction<Point> figure) {
        double meanConsumers =
                points.stream().mapToDouble(Point::consumers).average().orElse(Double.NaN);
        double meanFigure = points.stream().mapToDouble(figure).average().orElse(Double.NaN);
        double products = 0;
        double squares = 0;
        for (Point point : points) {
            products += (point.consumers() - meanConsumers) * (figure.applyAsDouble(point) - meanFigure);
            squares += (point.consumers() - meanConsumers) * (point.consumers() - meanConsumers);
        }
        return points.size() < 2 ? Double.NaN : products / squares;
    }

    /**
     * HOLDS when an idle consumer costs at least ten times less by webhook, in requests and in CPU, and a busy one no
     * more than by polling; HOLDS_WHEN only the idle one does; FAILS when an idle consumer costs no less by webhook;
     * INCONCLUSIVE otherwise, and with fewer than two reliable numbers of consumers.
     */
    static Verdict verdict(Slopes idle, Slopes busy) {
        if (idle.points() < 2 || busy.points() < 2) {
            return Verdict.INCONCLUSIVE;
        }
        if (idle.pushedRequests() >= idle.polledRequests() || idle.pushedCpuMillis() >= idle.polledCpuMillis()) {
            return Verdict.FAILS;
        }
        boolean muchLess = 10 * idle.pushedRequests() <= idle.polledRequests()
                && 10 * idle.pushedCpuMillis() <= idle.polledCpuMillis();
        if (!muchLess) {
            return Verdict.INCONCLUSIVE;
        }
        double alike = 1.1; // in one run, the events differ from their rate by a few per cent
        boolean noMore = busy.pushedRequests() <= alike * busy.polledRequests()
                && busy.pushedCpuMillis() <= alike * busy.polledCpuMillis();
        return noMore ? Verdict.HOLDS : Verdict.HOLDS_WHEN;
    }
}
