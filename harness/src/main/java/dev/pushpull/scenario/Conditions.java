package dev.pushpull.scenario;

/**
 * The conditions of a trial.
 *
 * @param measuredNanos how long this trial was measured; 0 where only the run knows
 * @param noise what else the machine did meanwhile, as far as it matters here
 */
public record Conditions(long measuredNanos, NoiseVerdict noise) {
    /** Unknown conditions: in virtual time, and in runs made before they were recorded. */
    public static final Conditions UNKNOWN = new Conditions(0, NoiseVerdict.UNKNOWN);
}
