package dev.pushpull.report.capacity;

import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The curves on the page of a capacity search. */
final class CapacityCurves {
    private CapacityCurves() {}

    /**
     * Latency over load of one path.
     *
     * @param title what it shows, as a finding
     * @param rate requests a second, rising
     * @param p99 milliseconds; null where there is none
     * @param bound milliseconds
     */
    record Load(
            String path,
            String title,
            List<Double> rate,
            List<Double> p50,
            List<Double> p99,
            List<Double> service,
            double bound) {}

    /**
     * The posterior of one path, and the steps behind it. All rates are those at the machine's nominal speed.
     *
     * @param title what it shows, as a finding
     * @param rate requests a second, rising
     * @param probability of each, the highest being 1
     * @param sustained rates of the steps that were sustained
     * @param sustainedAt the place of each, from 0 for the first step to 1 for the last
     * @param exceeded rates of the steps that were not sustained
     */
    record Belief(
            String path,
            String title,
            List<Double> rate,
            List<Double> probability,
            List<Double> sustained,
            List<Double> sustainedAt,
            List<Double> exceeded,
            List<Double> exceededAt) {}

    /** One for each path. */
    static List<Load> loads(CapacityRecord run) {
        return run.findings().stream()
                .map(finding -> new Load(
                        finding.path(),
                        CapacityWords.latency(finding),
                        read(finding, CapacityStep::offeredPerSecond),
                        read(finding, step -> orNull(step.latencyP50Millis())),
                        read(finding, step -> orNull(step.latencyP99Millis())),
                        read(finding, step -> orNull(step.serviceP99Millis())),
                        run.slo().boundNanos() / 1e6))
                .toList();
    }

    /** One for each path that has an interval. */
    static List<Belief> beliefs(CapacityRecord run) {
        return run.findings().stream()
                .filter(finding -> !finding.answer().posterior().isEmpty())
                .map(finding -> belief(finding, run.means().nominalPerSecond().orElse(1)))
                .toList();
    }

    private static Belief belief(CapacityFinding finding, double nominalPerSecond) {
        List<CapacityAnswer.Point> posterior = finding.answer().posterior();
        double highest = posterior.stream()
                .mapToDouble(CapacityAnswer.Point::probability)
                .max()
                .orElse(1);
        Belief belief = new Belief(
                finding.path(),
                CapacityWords.belief(finding),
                posterior.stream().map(CapacityAnswer.Point::perSecond).toList(),
                posterior.stream().map(point -> point.probability() / highest).toList(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        List<CapacityStep> steps = finding.steps().stream()
                .filter(step -> !step.circumstances().leftOut())
                .toList();
        for (int number = 0; number < steps.size(); number++) {
            CapacityStep step = steps.get(number);
            double speed = step.circumstances().referencePerSecond().orElse(nominalPerSecond) / nominalPerSecond;
            double at = (number + 0.5) / steps.size();
            (step.sustained() ? belief.sustained() : belief.exceeded()).add(step.offeredPerSecond() / speed);
            (step.sustained() ? belief.sustainedAt() : belief.exceededAt()).add(at);
        }
        return belief;
    }

    /** The last step at each rate. */
    private static List<Double> read(CapacityFinding finding, Function<CapacityStep, Double> figure) {
        TreeMap<Double, CapacityStep> byRate = new TreeMap<>();
        finding.steps().forEach(step -> byRate.put(step.offeredPerSecond(), step));
        return byRate.values().stream().map(figure).collect(Collectors.toCollection(ArrayList::new)); // holds null
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
