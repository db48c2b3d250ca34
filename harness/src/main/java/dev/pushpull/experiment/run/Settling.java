package dev.pushpull.experiment.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Whether a warm-up has reached a steady state, by a rule fixed beforehand: the compiler has almost stopped, and messages
 * no longer get quicker. A fixed time or number of requests would not show either (Traini et al., EMSE 2023). A time that
 * rises or varies does not prolong the warm-up, because a steady state may not exist (Barrett et al., OOPSLA 2017).
 */
final class Settling {
    /** This many blocks are compared with as many before them. The number is odd: a median ignores one outlier. */
    static final int COMPARED = 3;

    /**
     * The largest share of one processor that the compiler may use. Once its queue is empty, it still compiles a rarely
     * used method now and then.
     */
    static final double MOST_COMPILING = 0.25;

    /** The largest share by which a latency may fall: the median of a block varies by about this much. */
    static final double MOST_FALL = 0.05;

    private Settling() {}

    /**
     * A part of the warm-up.
     *
     * @param compilingShare of one processor, all compiler threads of all processes together; may be above 1
     * @param legNanos the median time that an event or the answer to a poll took to arrive, by mode; 0 with too few
     */
    record Block(double compilingShare, Map<String, Long> legNanos) {}

    /** What is not steady yet, as part of a sentence; empty when everything is. */
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
                return Optional.of("the time that a %s message takes still fell by %.0f %% over %d blocks"
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
