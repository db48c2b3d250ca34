package dev.pushpull.experiment.shards;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.VirtualTrial;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.virtual.VirtualTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What a simulation is divided into: units, in a fixed order. A unit is one part of the consumers of one mode in one trial
 * of one cell. These parts are the same on one host, where their sums are added in the same order: floating-point sums
 * depend on the order, so a unit cannot be divided any further. Where all endpoints share one sender's slots, every
 * consumer depends on every other, and the whole mode is one unit.
 *
 * @param cells one, or those of a sweep
 * @param modes of every cell
 * @param trials of every cell
 */
public record ShardPlan(List<Scenario> cells, List<DeliveryMode> modes, int trials) {
    /**
     * Units of one mode in one trial.
     *
     * @param from the first part, from 0
     * @param to the one after the last part
     * @param parts of the mode in the trial, all together
     */
    record Stretch(int cell, int trial, int mode, int from, int to, int parts) {}

    /** How many units there are: as many shards as may be. */
    public long units() {
        return cells.stream()
                .mapToLong(cell -> (long) parts(cell) * modes.size() * trials)
                .sum();
    }

    /** The units of a shard, in order. */
    List<Stretch> of(Shard shard) {
        long all = units();
        long first = all / shard.of() * (shard.number() - 1) + all % shard.of() * (shard.number() - 1) / shard.of();
        long end = all / shard.of() * shard.number() + all % shard.of() * shard.number() / shard.of();
        List<Stretch> stretches = new ArrayList<>();
        long begins = 0;
        for (int cell = 0; cell < cells.size(); cell++) {
            int parts = parts(cells.get(cell));
            long ends = begins + (long) parts * modes.size() * trials;
            for (long at = Math.max(first, begins); at < Math.min(end, ends); ) {
                long run = (at - begins) / parts;
                int from = (int) ((at - begins) % parts);
                int to = (int) Math.min(parts, from + end - at);
                stretches.add(
                        new Stretch(cell, (int) (run / modes.size()) + 1, (int) (run % modes.size()), from, to, parts));
                at += to - from;
            }
            begins = ends;
        }
        return stretches;
    }

    VirtualTrial trial(Stretch stretch) {
        return new VirtualTrial(cells.get(stretch.cell()), modes.get(stretch.mode()), stretch.trial());
    }

    static boolean divisible(Scenario cell) {
        return !cell.webhooks().endpoints().slotsCount();
    }

    private static int parts(Scenario cell) {
        return divisible(cell) ? VirtualTime.parts(cell) : 1;
    }
}
