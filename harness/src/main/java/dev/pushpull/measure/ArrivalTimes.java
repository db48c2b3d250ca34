package dev.pushpull.measure;

import dev.pushpull.host.FarClock;
import dev.pushpull.host.Place;
import dev.pushpull.scenario.Distribution;

/** When deliveries arrived after their events, whose times are the provider's. Guarded by the recorder that owns it. */
final class ArrivalTimes {
    private final Place place;
    private final FarClock provider;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LatencyHistogram processed = new LatencyHistogram();
    private long negative;
    private long earliestNanos;

    ArrivalTimes(Place place) {
        this.place = place;
        this.provider = place.provider().orElse(null);
    }

    Place place() {
        return place;
    }

    /** A time of the provider's clock on this host's. */
    long hereNanos(long providerNanos) {
        return provider == null ? providerNanos : provider.hereNanos(providerNanos);
    }

    /**
     * Records how long a delivery took; negative for one that came before its event, which is a defect of the measurement: the
     * run is invalid, and nothing is clamped. By two clocks it may seem so, and how far is tolerable is known only when
     * all is over: until then such a delivery counts as one that took no time, which is within that bound.
     */
    long latencyNanos(long intendedNanos, long heldNanos) {
        long latencyNanos = heldNanos - intendedNanos;
        if (latencyNanos < 0 && provider == null) {
            negative++;
            return latencyNanos;
        }
        earliestNanos = Math.min(earliestNanos, latencyNanos);
        latency.record(Math.max(0, latencyNanos));
        return Math.max(0, latencyNanos);
    }

    /** An event that occurred then has been processed. */
    void processed(long intendedNanos, long doneNanos) {
        if (doneNanos >= intendedNanos) {
            processed.record(doneNanos - intendedNanos);
        }
    }

    Distribution latency() {
        return latency.distribution();
    }

    Distribution processed() {
        return processed.distribution();
    }

    long negative() {
        return negative;
    }

    long earliestNanos() {
        return earliestNanos;
    }
}
