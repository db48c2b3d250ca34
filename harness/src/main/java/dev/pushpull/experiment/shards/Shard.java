package dev.pushpull.experiment.shards;

import java.util.Locale;

/**
 * One of the shards of a simulation.
 *
 * @param number 1 for the first
 * @param of how many there are
 */
public record Shard(int number, int of) {
    /** Its file's name: in the order of numbers, and without a character that a shell might take for its own. */
    String file() {
        return String.format(Locale.ROOT, "%06d-of-%06d.shard", number, of);
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
