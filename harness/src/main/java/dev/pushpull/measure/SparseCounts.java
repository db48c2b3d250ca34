package dev.pushpull.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes arrays of counts of which most are zero. */
final class SparseCounts {
    private SparseCounts() {}

    static void write(long[] counts, DataOutput out) throws IOException {
        int some = 0;
        for (long count : counts) {
            some += count == 0 ? 0 : 1;
        }
        out.writeInt(counts.length);
        out.writeInt(some);
        for (int index = 0; index < counts.length; index++) {
            if (counts[index] != 0) {
                out.writeInt(index);
                out.writeLong(counts[index]);
            }
        }
    }

    static long[] read(DataInput in) throws IOException {
        long[] counts = new long[in.readInt()];
        for (int left = in.readInt(); left > 0; left--) {
            counts[in.readInt()] = in.readLong();
        }
        return counts;
    }
}
