package dev.pushpull.experiment.run;

import dev.pushpull.scenario.AgreementBounds;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.RunRecord.Finding;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.scenario.Scenario.Network;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * How far the legs that a rehearsal taught are to be trusted.
 *
 * @param blocks what each stretch of it taught, one after another; empty where that is not known
 * @param pauses of the machine meanwhile
 */
public record Learning(List<Network> blocks, Distribution pauses) {
    /** Nothing is known. */
    public static final Learning NONE = new Learning(List.of(), Distribution.empty());

    /**
     * The legs as they might as well have been learned: of as many stretches, each as often as chance will, since what
     * delays one event also delays those around it (the bootstrap of blocks).
     */
    public Network again(Network legs, RandomGenerator random) {
        if (blocks.isEmpty()) {
            return legs.resampled(random);
        }
        List<Network> chosen = new ArrayList<>();
        for (int block = 0; block < blocks.size(); block++) {
            chosen.add(blocks.get(random.nextInt(blocks.size())));
        }
        Map<Leg, Distribution> drawn = new EnumMap<>(Leg.class);
        legs.drawn().forEach((leg, learned) -> {
            Distribution again = Distribution.sum(chosen.stream()
                    .map(block -> block.drawn(leg).orElseGet(Distribution::empty))
                    .toList());
            drawn.put(leg, again.count() == 0 ? learned : again);
        });
        return new Network(legs.pollResponseNanos(), legs.webhookNanos(), drawn);
    }

    /**
     * Whether the machine's own pauses were as long in the run, within what is tolerated of a latency. If not, its legs
     * are those of another machine. Where too few pauses are known, they count as equal.
     *
     * @param column a latency
     */
    public boolean holdsFor(Distribution inTheRun, String column, double toleranceMillis) {
        OptionalDouble then = AgreementBounds.ofLatency(column, pauses);
        OptionalDouble now = AgreementBounds.ofLatency(column, inTheRun);
        return then.isEmpty() || now.isEmpty() || Math.abs(now.getAsDouble() - then.getAsDouble()) <= toleranceMillis;
    }

    /** What a reader should know where no pushed latency of the size of the pauses can be judged. */
    public Optional<Finding> finding(Distribution inTheRun) {
        String column = "latency_mean_ms";
        return holdsFor(inTheRun, column, AgreementBounds.LEAST_PUSHED_MILLIS)
                ? Optional.empty()
                : Optional.of(new Finding(
                        "pauses of the machine",
                        inTheRun.meanMillis().orElseThrow(),
                        "%.2f ms on average, in the warm-up %.2f ms: latencies are not compared with the warm-up's to less than that"
                                .formatted(
                                        inTheRun.meanMillis().orElseThrow(),
                                        pauses.meanMillis().orElseThrow())));
    }
}
