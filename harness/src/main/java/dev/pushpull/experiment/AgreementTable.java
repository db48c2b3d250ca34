package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.Simulation.Replicated;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.scenario.AgreementBounds;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Compares what was measured with a simulation of the run's own events and with the closed form. */
final class AgreementTable {
    /** How many runs are simulated beside one, if not as many as usual: whoever looks at no verdict needs few. */
    private static final String REPLICATES_PROPERTY = "pushpull.agreementReplicates";

    private static final int REPLICATES = Integer.getInteger(REPLICATES_PROPERTY, 200);

    private AgreementTable() {}

    /**
     * @param scenario with the legs that the warm-up measured
     * @param plans the events of each trial
     * @param outcome of all trials together
     */
    static List<AgreementLine> of(DeliveryMode mode, Scenario scenario, List<EventPlan> plans, Outcome outcome) {
        if (mode.leavesOut(scenario).isPresent()) {
            return List.of();
        }
        List<long[][]> times = plans.stream()
                .map(plan -> plan.timesByStream(scenario.events().streamCount()))
                .toList();
        List<AgreementLine> lines = new ArrayList<>();
        new Simulation()
                .replicates(mode, scenario, times, REPLICATES)
                .forEach((column, replicated) -> lines.add(line(mode, scenario, outcome, column, replicated)));
        return lines;
    }

    private static AgreementLine line(
            DeliveryMode mode, Scenario scenario, Outcome outcome, String column, Replicated replicated) {
        Double measured = (Double) Metrics.named(column).orElseThrow().read(null, outcome);
        boolean pushed = AgreementBounds.isLatency(column) && !mode.traits().has(Trait.CLOCKED);
        AgreementLine line = AgreementLine.judged(
                mode.name(),
                column,
                measured == null ? OptionalDouble.empty() : OptionalDouble.of(measured),
                replicated.mean(),
                replicated.standardDeviation(),
                outcome.prediction().value(column),
                AgreementBounds.of(
                        column,
                        replicated.mean(),
                        mode.traits(),
                        mode.live().waits(scenario).longestNanos()),
                pushed ? Optional.ofNullable(outcome.intervals().get(column)) : Optional.empty());
        return pushed && !learned(scenario.network(), column) ? line.undecided() : line;
    }

    private static boolean learned(Scenario.Network legs, String column) {
        return legs.drawn().values().stream().anyMatch(leg -> leg.count() >= AgreementBounds.learnedAtLeast(column));
    }
}
