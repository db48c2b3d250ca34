package dev.pushpull.experiment.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Whether a warm-up has come to rest, by a rule fixed beforehand: neither does the compiler work any more, nor does a
 * latency still fall. Time or a number of requests alone tell too little of either (Traini et al., EMSE 2023). A latency
 * that rises, or that goes up and down, does not wait for ever for a rest that may not exist (Barrett et al., OOPSLA
 * 2017).
 */
final class Settling {
    /** This many blocks are held against as many before them; of an odd number one outlier is passed over. */
    static final int COMPARED = 3;

    /**
     * The most of the time that the compiler may work, of one processor: once its queue is empty it works off and on,
     * on what hardly ever runs.
     */
    static final double MOST_COMPILING = 0.25;

    /** The most, as a share of it, that a latency may fall: less is what chance does to the median of a block. */
    static final double MOST_FALL = 0.05;

    private Settling() {}

    /**
     * A part of the warm-up.
     *
     * @param compilingShare of its time, all compiler threads of all processes together; may be above 1
     * @param legNanos how long an event was on its way or a poll's answer on its way back, the median, by mode; 0 where
     *     there were too few
     */
    record Block(double compilingShare, Map<String, Long> legNanos) {}

    /** What still moves, as a sentence has it; empty when nothing does. */
    static Optional<String> unsettled(List<Block> blocks) {
        if (blocks.size() < 2 * COMPARED) {
            return Optional.of("there was no time to find out");
        }
        List<Block> newest = blocks.subList(blocks.size() - COMPARED, blocks.size());
        List<Block> before = blocks.subList(blocks.size() - 2 * COMPARED, blocks.size() - COMPARED);
        double compiling = median(newest, Block::compilingShare);
        if (compiling > MOST_COMPILING) {
            return Optional.of("the compiler still worked for %.0f %% of the time".formatted(100 * compiling));
        }
        for (String mode : blocks.get(0).legNanos().keySet()) {
            double was = median(before, block -> block.legNanos().get(mode));
            double is = median(newest, block -> block.legNanos().get(mode));
            if (is < (1 - MOST_FALL) * was) {
                return Optional.of("the latency of %s still fell by %.0f %% within %d blocks"
                        .formatted(mode, 100 * (1 - is / was), COMPARED));
            }
        }
        return Optional.empty();
    }

    private static double median(List<Block> blocks, ToDoubleFunction<Block> figure) {
        double[] sorted = blocks.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
