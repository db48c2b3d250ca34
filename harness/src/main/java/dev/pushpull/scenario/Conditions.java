package dev.pushpull.scenario;

/**
 * The conditions of a trial.
 *
 * @param measuredNanos how long this trial was measured; 0 where only the run knows
 * @param noise what else the machine did meanwhile, as far as it matters here
 * @param steadiness whether latencies stayed the same meanwhile
 * @param clock how far off its latencies may be
 */
public record Conditions(long measuredNanos, NoiseVerdict noise, SteadinessVerdict steadiness, ClockBound clock) {
    /** Unknown conditions: in virtual time, and in runs made before they were recorded. */
    public static final Conditions UNKNOWN = new Conditions(0, NoiseVerdict.UNKNOWN, SteadinessVerdict.UNKNOWN);

    /** By one clock. */
    public Conditions(long measuredNanos, NoiseVerdict noise, SteadinessVerdict steadiness) {
        this(measuredNanos, noise, steadiness, ClockBound.NONE);
    }

    public Conditions {
        clock = clock == null ? ClockBound.NONE : clock; // all runs were on one host before
        steadiness = steadiness == null ? SteadinessVerdict.UNKNOWN : steadiness; // in runs of before it was recorded
    }
}
