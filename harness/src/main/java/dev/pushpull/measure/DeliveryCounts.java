package dev.pushpull.measure;

import dev.pushpull.measure.Recorder.Via;
import java.util.Arrays;
import java.util.List;

/** What reached each consumer, for the first time and again. Guarded by the recorder that owns it. */
final class DeliveryCounts {
    private final ArrivalTracker[] trackers;

    /** First arrivals. */
    long delivered;

    /** Of these, those that came after a later one of their stream. */
    long outOfOrder;

    /** Repetitions, but not those that {@link #reconfirmed} counts. */
    long duplicates;

    /** Repetitions that a reconciling poll brought, as is its nature. */
    long reconfirmed;

    DeliveryCounts(int consumers) {
        trackers = new ArrivalTracker[consumers];
        Arrays.setAll(trackers, consumer -> new ArrivalTracker());
    }

    /** An event reached a consumer; whether for the first time. */
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

    /** It reached a consumer that has it already. */
    void repeated(Via via) {
        if (via == Via.RECONCILIATION) {
            reconfirmed++;
        } else {
            duplicates++;
        }
    }

    /** What a consumer still lacks of the first {@code last} events of its stream. */
    List<Long> missing(int consumer, long last) {
        return trackers[consumer].missing(last);
    }
}
