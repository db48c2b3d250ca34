package dev.pushpull.measure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which sequences of a stream have reached one consumer: all up to a watermark, and some beyond it. */
final class ArrivalTracker {
    private long completeUpTo;
    private long highest;
    private final Set<Long> ahead = new HashSet<>();

    /** How a sequence arrived. */
    enum Arrival {
        IN_ORDER,
        OUT_OF_ORDER,
        REPEATED
    }

    Arrival arrived(long sequence) {
        if (sequence <= completeUpTo || !ahead.add(sequence)) {
            return Arrival.REPEATED;
        }
        while (ahead.remove(completeUpTo + 1)) {
            completeUpTo++;
        }
        boolean inOrder = sequence > highest;
        highest = Math.max(highest, sequence);
        return inOrder ? Arrival.IN_ORDER : Arrival.OUT_OF_ORDER;
    }

    /** Sequences from 1 to {@code last} that have not arrived. */
    List<Long> missing(long last) {
        List<Long> missing = new ArrayList<>();
        for (long sequence = completeUpTo + 1; sequence <= last; sequence++) {
            if (!ahead.contains(sequence)) {
                missing.add(sequence);
            }
        }
        return missing;
    }
}
