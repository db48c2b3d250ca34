package dev.pushpull.virtual;

import dev.pushpull.measure.LatencyCounts;
import dev.pushpull.surface.ExchangeSizes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** The totals of a tally as bytes, exactly, for another process of the same program to go on with. */
public final class TallyBytes {
    private TallyBytes() {}

    /** Writes the totals of a tally whose consumers are all closed. */
    public static void write(VirtualTally tally, DataOutput out) throws IOException {
        for (long total : tally.totals) {
            out.writeLong(total);
        }
        for (long missed : tally.missed) {
            out.writeLong(missed);
        }
        tally.allWire.write(out);
        tally.latencies.write(out);
        tally.batches.write(out);
        tally.groups.write(out);
        out.writeDouble(tally.latencySumNanos);
        out.writeDouble(tally.bytesToProvider);
        out.writeDouble(tally.bytesToConsumer);
    }

    /**
     * Reads what was written of a tally for the same scenario.
     *
     * @param sizes those of the mode in the scenario
     * @param consumers all of the scenario
     */
    public static VirtualTally read(DataInput in, List<ExchangeSizes> sizes, int consumers) throws IOException {
        VirtualTally tally = new VirtualTally(sizes, consumers, LatencyCounts.THREE_DIGITS);
        for (int i = 0; i < tally.totals.length; i++) {
            tally.totals[i] = in.readLong();
        }
        for (int i = 0; i < tally.missed.length; i++) {
            tally.missed[i] = in.readLong();
        }
        tally.allWire.read(in);
        tally.latencies.read(in);
        tally.batches.read(in);
        tally.groups.read(in);
        tally.latencySumNanos = in.readDouble();
        tally.bytesToProvider = in.readDouble();
        tally.bytesToConsumer = in.readDouble();
        return tally;
    }
}
