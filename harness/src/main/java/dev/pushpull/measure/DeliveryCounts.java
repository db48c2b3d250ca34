package dev.pushpull.measure;

import dev.pushpull.measure.Recorder.Via;
import java.util.Arrays;
import java.util.List;

/** What reached each consumer, for the first time or again. Guarded by the recorder that owns it. */
final class DeliveryCounts {
    private final ArrivalTracker[] trackers;

    /** First arrivals. */
    long delivered;

    /** First arrivals that came after a later event of their stream. */
    long outOfOrder;

    /** Repetitions, except those that {@link #reconfirmed} counts. */
    long duplicates;

    /** Repetitions brought by a reconciling poll, which always repeats. */
    long reconfirmed;

    DeliveryCounts(int consumers) {
        trackers = new ArrivalTracker[consumers];
        Arrays.setAll(trackers, consumer -> new ArrivalTracker());
    }

    /** Records that an event reached a consumer; returns whether for the first time. */
    boolean arrived(int consumer, long sequence, Via via) {
        ArrivalTracker.Arrival arrival = trackers[consumer].arrived(sequence);
        if (arrival == ArrivalTracker.Arrival.REPEATED) {
            repeated(via);
            return false;
        }
        delivered++;
        if (arrival == ArrivalTracker.Arrival.OUT_OF_ORDER) {
            outOfOrder++;
        }
        return true;
    }

    /** Records an event that the consumer already has. */
    void repeated(Via via) {
        if (via == Via.RECONCILIATION) {
            reconfirmed++;
        } else {
            duplicates++;
        }
    }

    /** The sequences that a consumer still lacks of the first {@code last} events of its stream. */
    List<Long> missing(int consumer, long last) {
        return trackers[consumer].missing(last);
    }
}
