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
 * @param compilingShare of one processor that the compiler used meanwhile
 */
public record Learning(List<Network> blocks, Distribution pauses, double compilingShare) {
    private static final String MEAN = "latency_mean_ms";

    /** Nothing is known. */
    public static final Learning NONE = new Learning(List.of(), Distribution.empty(), 0);

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
     * Whether a latency of the run may be judged by them: the program was compiled by then, as {@link Settling} takes it,
     * and the machine's own pauses were as long in the run, within what is tolerated. If not, the legs are those of another
     * machine. Where too few pauses are known, they count as equal.
     *
     * @param column a latency
     */
    public boolean holdsFor(Distribution inTheRun, String column, double toleranceMillis) {
        return compilingShare <= Settling.MOST_COMPILING && pausesAlike(inTheRun, column, toleranceMillis);
    }

    private boolean pausesAlike(Distribution inTheRun, String column, double toleranceMillis) {
        OptionalDouble then = AgreementBounds.ofLatency(column, pauses);
        OptionalDouble now = AgreementBounds.ofLatency(column, inTheRun);
        return then.isEmpty() || now.isEmpty() || Math.abs(now.getAsDouble() - then.getAsDouble()) <= toleranceMillis;
    }

    /** What a reader should know where latencies are not judged for such a reason. */
    public Optional<Finding> finding(Distribution inTheRun) {
        if (compilingShare > Settling.MOST_COMPILING) {
            return Optional.of(new Finding(
                    "compiler while legs were learned",
                    compilingShare,
                    "%.0f %% of a processor: no latency of the run is compared with the warm-up's"
                            .formatted(100 * compilingShare)));
        }
        if (pausesAlike(inTheRun, MEAN, AgreementBounds.LEAST_PUSHED_MILLIS)) {
            return Optional.empty();
        }
        double nowMillis = inTheRun.meanMillis().orElseThrow();
        double thenMillis = pauses.meanMillis().orElseThrow();
        return Optional.of(new Finding(
                "pauses of the machine",
                nowMillis,
                "%.2f ms on average, in the warm-up %.2f ms: latencies are not compared with the warm-up's more closely"
                        .formatted(nowMillis, thenMillis)));
    }
}
