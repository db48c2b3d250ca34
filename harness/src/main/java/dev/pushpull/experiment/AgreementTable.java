package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.Simulation.Replicated;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.Learning;
import dev.pushpull.scenario.AgreementBounds;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
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
     * What one mode is judged by.
     *
     * @param scenario with the legs that the warm-up measured
     * @param learning how far they are to be trusted
     * @param pauses of the machine during all trials
     */
    record Known(Scenario scenario, Learning learning, Distribution pauses) {
        /** Whether a latency consists of legs that are well enough known, of a machine that was the same. */
        private boolean judges(String column, double toleranceMillis) {
            return scenario.network().drawn().values().stream()
                            .anyMatch(leg -> leg.count() >= AgreementBounds.learnedAtLeast(column))
                    && learning.holdsFor(pauses, column, toleranceMillis);
        }
    }

    /**
     * @param plans the events of each trial
     * @param outcome of all trials together
     */
    static List<AgreementLine> of(DeliveryMode mode, Known known, List<EventPlan> plans, Outcome outcome) {
        Scenario scenario = known.scenario();
        if (mode.leavesOut(scenario).isPresent()) {
            return List.of();
        }
        List<long[][]> times = plans.stream()
                .map(plan -> plan.timesByStream(scenario.events().streamCount()))
                .toList();
        List<AgreementLine> lines = new ArrayList<>();
        new Simulation()
                .replicates(
                        mode,
                        scenario,
                        times,
                        REPLICATES,
                        chance -> known.learning().again(scenario.network(), chance))
                .forEach((column, replicated) -> lines.add(line(mode, known, outcome, column, replicated)));
        return lines;
    }

    private static AgreementLine line(
            DeliveryMode mode, Known known, Outcome outcome, String column, Replicated replicated) {
        Double measured = (Double) Metrics.named(column).orElseThrow().read(null, outcome);
        boolean pushed = AgreementBounds.isLatency(column) && !mode.traits().has(Trait.CLOCKED);
        Optional<Estimate> own =
                pushed ? Optional.ofNullable(outcome.intervals().get(column)) : Optional.empty();
        double tolerance = AgreementBounds.of(
                column,
                replicated.mean(),
                mode.traits(),
                mode.live().waits(known.scenario()).longestNanos());
        AgreementLine line = AgreementLine.judged(
                mode.name(),
                column,
                measured == null ? OptionalDouble.empty() : OptionalDouble.of(measured),
                replicated.mean(),
                replicated.standardDeviation(),
                outcome.prediction().value(column),
                tolerance,
                own);
        return pushed && (own.isEmpty() || !known.judges(column, tolerance)) ? line.undecided() : line;
    }
}
